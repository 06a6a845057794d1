package dev.berth.history.judge.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.Set;

/** An event that Berth published. */
public record Told(Instant at, String id, String type, String causedBy, JsonNode data) {

  public boolean is(String step) {
    return type.equals("dev.berth.tenant.%s.v1".formatted(step));
  }

  public String phase() {
    return data.path("phase").asText();
  }

  public String reason() {
    return data.path("reason").asText();
  }

  public String plan() {
    return data.path("plan").asText("").split("@", 2)[0];
  }

  public long generation() {
    return data.path("generation").asLong();
  }

  public long observed() {
    return data.path("observedGeneration").asLong();
  }

  public int incarnation() {
    return data.path("incarnation").asInt();
  }

  /** That nobody has access. */
  public boolean saysClosed() {
    return Set.of("AccessClosed", "AccessFrozen").contains(access().path("reason").asText());
  }

  /** That nobody has access because an operator froze the tenant. */
  public boolean saysFrozen() {
    return access().path("reason").asText().equals("AccessFrozen");
  }

  /** That owners and viewers have access. */
  public boolean saysOpen() {
    return (phase().equals("READY") || phase().equals("DEGRADED"))
        && observed() == generation()
        && access().path("status").asText().equals("True");
  }

  /** Who is named as being in is not denied to be. */
  public boolean mentions(String subject) {
    return data.path("message").asText().contains(subject);
  }

  /** Whether the namespace is one of the tenant's present plan. */
  public boolean names(String namespace) {
    for (JsonNode one : data.path("namespaces")) {
      if (one.path("namespace").asText().equals(namespace)) {
        return true;
      }
    }
    return false;
  }

  private JsonNode access() {
    for (JsonNode condition : data.path("conditions")) {
      if (condition.path("type").asText().equals("AccessReady")) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  @Override
  public String toString() {
    return "#%d %s %s %s generation %d/%d plan %s%s: %s"
        .formatted(
            data.path("sequence").asLong(),
            type.replaceAll("dev.berth.tenant.|.v1", ""),
            phase(),
            reason(),
            observed(),
            generation(),
            plan(),
            saysClosed() ? " AccessClosed" : "",
            data.path("message").asText());
  }
}
