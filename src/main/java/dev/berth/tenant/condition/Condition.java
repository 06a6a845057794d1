package dev.berth.tenant.condition;

import java.time.Instant;

/**
 * One aspect of a tenant, as Kubernetes writes conditions.
 *
 * @param message what, where and what to do; cut at {@link #LONGEST_MESSAGE}
 * @param observedGeneration the generation it was last judged for
 * @param lastTransitionTime when the status last changed
 */
public record Condition(
    ConditionType type,
    Truth status,
    Reason reason,
    String message,
    long observedGeneration,
    Instant lastTransitionTime) {

  public static final int LONGEST_MESSAGE = 1024;

  public Condition {
    message = Brief.message(message, LONGEST_MESSAGE);
  }

  /** Spelled as in Kubernetes. */
  public enum Truth {
    True,
    False,
    Unknown
  }

  /**
   * This condition as the successor of {@code previous}: an unchanged status keeps its transition
   * time.
   */
  public Condition after(Condition previous) {
    return previous.status == status
        ? new Condition(
            type, status, reason, message, observedGeneration, previous.lastTransitionTime)
        : this;
  }
}
