package dev.berth.kubernetes.object;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Outcome;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * For how long something has made no progress in the cluster. Told by the times that objects carry,
 * so that no replica has to remember when it saw what; pure.
 *
 * @param last when something was last seen to happen
 */
public record Headway(Instant last) {

  /** What makes no progress for longer waits for a person. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  static final Duration SHORTEST_RECHECK = Duration.ofSeconds(2);
  private static final Duration LONGEST_RECHECK = Duration.ofSeconds(60);

  /**
   * Of an object that is being deleted: since the deletion began, or since a controller last noted
   * down how far it is.
   */
  static Headway ofDeletion(Live object) {
    Instant begun = Instant.parse(object.json().at("/metadata/deletionTimestamp").asText());
    return new Headway(
        latest(object, entry -> entry.path("subresource").asText().equals("status"), begun));
  }

  /** Of an object that others have to act upon: since Berth last wrote it. */
  public static Headway sinceWritten(Live object, Instant now) {
    Instant written =
        latest(
            object,
            entry -> entry.path("manager").asText().equals(ApiServer.FIELD_MANAGER),
            Instant.EPOCH);
    return new Headway(written.equals(Instant.EPOCH) ? now : written);
  }

  private static Instant latest(Live object, Predicate<JsonNode> which, Instant least) {
    Instant latest = least;
    for (JsonNode entry : object.json().at("/metadata/managedFields")) {
      if (which.test(entry) && entry.hasNonNull("time")) {
        Instant time = Instant.parse(entry.path("time").asText());
        latest = time.isAfter(latest) ? time : latest;
      }
    }
    return latest;
  }

  /** The longer it takes, the less often it is worth a look. */
  Duration recheck(Instant now) {
    Duration third = idle(now).dividedBy(3);
    if (third.compareTo(SHORTEST_RECHECK) < 0) {
      return SHORTEST_RECHECK;
    }
    return third.compareTo(LONGEST_RECHECK) > 0 ? LONGEST_RECHECK : third;
  }

  Duration idle(Instant now) {
    return Duration.between(last, now);
  }

  public boolean isLost(Instant now) {
    return idle(now).compareTo(PATIENCE) > 0;
  }

  /**
   * In progress for a while, and then a matter for people.
   *
   * @param what is being deleted, and since when
   * @param holders what it waits for; empty = nobody says
   */
  Outcome judge(String what, List<String> holders, Outcome.InProgress meanwhile, Instant now) {
    if (!isLost(now)) {
      return meanwhile;
    }
    String advice =
        holders.isEmpty()
            ? "; nothing says what holds it: check that kube-controller-manager works"
            : "; remove what holds it";
    return new Outcome.Rejected(Reason.DeletionBlocked, what + waitsFor(holders) + advice);
  }

  static String waitsFor(List<String> holders) {
    return holders.isEmpty() ? "" : "; it waits: " + String.join("; ", holders);
  }
}
