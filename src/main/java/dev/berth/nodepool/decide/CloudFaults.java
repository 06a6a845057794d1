package dev.berth.nodepool.decide;

import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.decide.CloudCodes.Meaning;
import dev.berth.nodepool.decide.CloudFault.Repeat;
import dev.berth.tenant.advice.Actor;
import dev.berth.tenant.condition.Brief;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What failures of the cloud mean, told apart by their codes, and when it is asked again. A reason
 * of weight RETRY has a delay, one of weight BLOCK has none.
 */
public final class CloudFaults {

  private static final Duration AT_ONCE = Duration.ofSeconds(5);
  private static final Duration FIRST = Duration.ofSeconds(60);
  private static final Duration MOST = Duration.ofMinutes(15);

  /** Beyond which the cloud's own word is not taken. */
  private static final Duration FARTHEST = Duration.ofHours(1);

  private static final int TRIES = 3;
  private static final int MOST_DOUBLINGS = 10;
  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_QUOTE = 400;

  private CloudFaults() {}

  /**
   * What was tried.
   *
   * @param what for messages, such as {@code creating pool kd8sv5}
   * @param failures how often it failed in a row, this time included
   * @param spread from 0 to 1, to keep many attempts apart
   */
  public record Attempt(String what, int failures, double spread) {}

  public static CloudFault judge(Attempt attempt, CloudFailure failure) {
    Meaning known = CloudCodes.of(failure);
    Duration delay = delay(known.repeat(), attempt, failure.retryAfter());
    boolean parked = known.repeat() == Repeat.UNKNOWN && delay == null;
    return new CloudFault(
        parked ? Reason.CloudRefused : known.reason(),
        known.repeat(),
        message(attempt, failure, known),
        delay);
  }

  /** The code by a name of which there are few: as it is known, else {@code other}. */
  public static String label(CloudFailure failure) {
    return CloudCodes.known(failure.code()).orElse("other");
  }

  public static boolean isThrottled(CloudFailure failure) {
    return CloudCodes.of(failure).reason() == Reason.CloudThrottled;
  }

  private static String message(Attempt attempt, CloudFailure failure, Meaning known) {
    String id = failure.correlationId();
    return "%s failed: Azure says %s: %s%s; %s; %s"
        .formatted(
            attempt.what(),
            Brief.of(failure.code(), LONGEST_NAME),
            Brief.message(failure.message(), LONGEST_QUOTE),
            id == null ? "" : " (correlation id " + Brief.of(id, LONGEST_NAME) + ")",
            known.meaning(),
            todo(known));
  }

  private static String todo(Meaning known) {
    return known.who() == Actor.NOBODY
        ? known.todo()
        : "for %s: %s".formatted(known.who().words(), known.todo());
  }

  private static @Nullable Duration delay(
      Repeat repeat, Attempt attempt, @Nullable Duration retryAfter) {
    Duration own =
        switch (repeat) {
          case LATER -> doubled(attempt.failures());
          case AGAIN_ONCE -> attempt.failures() <= 1 ? AT_ONCE : doubled(attempt.failures() - 1);
          case UNKNOWN -> attempt.failures() < TRIES ? doubled(attempt.failures()) : null;
          case NEVER_UNTIL_CHANGE -> null;
        };
    return own == null ? null : larger(spread(own, attempt.spread()), retryAfter);
  }

  /** Longer with each failure. */
  static Duration pause(int failures, double spread) {
    return spread(doubled(failures), spread);
  }

  private static Duration doubled(int failures) {
    int doublings = Math.clamp((long) failures - 1, 0, MOST_DOUBLINGS);
    Duration wait = FIRST.multipliedBy(1L << doublings);
    return wait.compareTo(MOST) < 0 ? wait : MOST;
  }

  /** By up to a fifth less. */
  private static Duration spread(Duration wait, double spread) {
    return Duration.ofMillis(Math.round(wait.toMillis() * (0.8 + 0.2 * spread)));
  }

  private static Duration larger(Duration own, @Nullable Duration said) {
    if (said == null || said.compareTo(own) <= 0) {
      return own;
    }
    return said.compareTo(FARTHEST) < 0 ? said : FARTHEST;
  }
}
