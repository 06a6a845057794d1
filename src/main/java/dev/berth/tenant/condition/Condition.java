package dev.berth.tenant.condition;

import dev.berth.tenant.condition.Reason.Weight;
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

  /** A condition whose status follows from its reason. */
  public static Condition of(
      ConditionType type, Reason reason, String message, long generation, Instant at) {
    return new Condition(type, status(type, reason), reason, message, generation, at);
  }

  private static Truth status(ConditionType type, Reason reason) {
    return switch (type) {
      case Offboarding -> Truth.True;
      case Ready -> reason == Reason.Provisioned ? Truth.True : Truth.False;
      case AccessReady -> reason == Reason.Deprovisioning ? Truth.False : Truth.of(reason.weight());
      default -> Truth.of(reason.weight());
    };
  }

  /** Spelled as in Kubernetes. */
  public enum Truth {
    True,
    False,
    Unknown;

    public static Truth of(Weight weight) {
      return switch (weight) {
        case GOOD -> True;
        case WAIVED, PROGRESS -> Unknown;
        case WAIT, RETRY, BLOCK, REFUSAL -> False;
      };
    }
  }

  /**
   * This condition as the successor of {@code previous}: an unchanged status keeps its transition
   * time.
   */
  public Condition after(Condition previous) {
    return previous.status == status
        ? of(type, reason, message, observedGeneration, previous.lastTransitionTime)
        : this;
  }
}
