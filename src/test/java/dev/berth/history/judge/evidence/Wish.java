package dev.berth.history.judge.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** What the control plane sent about a tenant. */
public record Wish(
    Instant at,
    String id,
    long generation,
    boolean offboarding,
    String plan,
    Set<String> owners,
    Set<String> viewers) {

  public static Wish of(Instant at, String id, String type, JsonNode data) {
    return new Wish(
        at,
        id,
        data.path("generation").asLong(),
        type.contains("offboarding-requested"),
        data.path("plan").asText().split("@", 2)[0],
        names(data.path("owners")),
        names(data.path("viewers")));
  }

  /** Whether the wish lets the subject of such a RoleBinding in. */
  public boolean allows(Sight.Entry entry) {
    return switch (entry.binding()) {
      case "berth-owner", "berth-debug" -> owners.contains(entry.subject());
      case "berth-viewer" -> viewers.contains(entry.subject());
      default -> false;
    };
  }

  private static Set<String> names(JsonNode subjects) {
    Set<String> names = new HashSet<>();
    subjects.forEach(subject -> names.add(subject.path("name").asText()));
    return names;
  }
}
