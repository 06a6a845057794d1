package dev.berth.kubernetes.object;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.plan.Outcome;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.time.Instant;

/** How long pods may take to end, and whether they have. */
public final class Grace {

  /** Where nothing else is written. */
  static final Duration BY_DEFAULT = Duration.ofMinutes(10);

  private static final Duration RECHECK = Duration.ofSeconds(2);

  private Grace() {}

  /** Of the pods that are on their way. */
  static Duration longest(JsonNode pods) {
    Duration longest = Duration.ZERO;
    for (JsonNode pod : pods.path("items")) {
      Duration grace = Duration.ofSeconds(pod.at("/metadata/deletionGracePeriodSeconds").asLong());
      longest = grace.compareTo(longest) > 0 ? grace : longest;
    }
    return longest;
  }

  /** What the plan gives, as Berth wrote it at the namespace. */
  static Duration most(JsonNode namespace) {
    String seconds = namespace.at("/metadata/annotations/berth.dev~1termination-grace").asText();
    return seconds.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(seconds)) : BY_DEFAULT;
  }

  /**
   * Pods that are on their way, and for which people have to see once their time has been over for
   * a while.
   *
   * @param message says which pods they are
   */
  public static Outcome judge(JsonNode pods, String message, Instant now) {
    return isOver(pods, now.minus(Headway.PATIENCE))
        ? new Outcome.Rejected(Reason.DeletionBlocked, message + "; remove what holds them")
        : new Outcome.InProgress(Reason.PodsRemaining, message, RECHECK);
  }

  /** Whether the time that one of the pods was given ended before then. */
  static boolean isOver(JsonNode pods, Instant then) {
    for (JsonNode pod : pods.path("items")) {
      String by = pod.at("/metadata/deletionTimestamp").asText();
      if (!by.isEmpty() && Instant.parse(by).isBefore(then)) {
        return true;
      }
    }
    return false;
  }
}
