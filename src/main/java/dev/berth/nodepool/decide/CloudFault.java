package dev.berth.nodepool.decide;

import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of the cloud means, and what follows from it.
 *
 * @param message for the operator: what failed, what the cloud said, what it means, who is to do
 *     what
 * @param delay before it is tried again; null = not before something has changed
 */
public record CloudFault(Reason reason, Repeat repeat, String message, @Nullable Duration delay) {

  /** Whether the same may go well another time. */
  public enum Repeat {
    /** After a wait that grows, or as the cloud says. */
    LATER,
    /** With a fresh reading almost at once, and from then on later. */
    AGAIN_ONCE,
    /** Not as long as everything is as it is. */
    NEVER_UNTIL_CHANGE,
    /** Nobody knows: three times, and then not until something changes. */
    UNKNOWN
  }
}
