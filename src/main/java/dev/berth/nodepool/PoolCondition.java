package dev.berth.nodepool;

import dev.berth.tenant.condition.Reason;
import java.time.Instant;

/**
 * One aspect of a node pool.
 *
 * @param message what, where and what to do; cut at {@link #LONGEST_MESSAGE}
 * @param since when the reason last changed
 */
public record PoolCondition(Aspect aspect, Reason reason, String message, Instant since) {

  public static final int LONGEST_MESSAGE = 1024;

  public PoolCondition {
    message =
        message.length() <= LONGEST_MESSAGE
            ? message
            : message.substring(0, LONGEST_MESSAGE - 3) + "...";
  }

  /** This condition as the successor of {@code before}: an unchanged reason is as old as it was. */
  PoolCondition after(PoolCondition before) {
    return before.reason == reason
        ? new PoolCondition(aspect, reason, message, before.since)
        : this;
  }
}
