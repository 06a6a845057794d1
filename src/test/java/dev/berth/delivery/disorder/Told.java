package dev.berth.delivery.disorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.delivery.evidence.StatusEvent;
import dev.berth.delivery.evidence.TenantEvent;
import java.util.List;
import java.util.Optional;

/**
 * What Berth has told of one tenant.
 *
 * @param rest its answer over REST at the end
 */
record Told(List<StatusEvent> steps, List<StatusEvent> quarantined, Optional<JsonNode> rest) {

  /** How often an event was answered, by the way of the answer. */
  record Answers(long accepted, long rejected, long quarantined) {
    static final Answers NONE = new Answers(0, 0, 0);
  }

  Answers to(TenantEvent event) {
    return new Answers(
        steps("accepted", event),
        steps("rejected", event),
        quarantined.stream()
            .filter(it -> it.data().path("claimedId").asText().equals(event.id()))
            .count());
  }

  private long steps(String step, TenantEvent event) {
    return steps.stream().filter(it -> it.is(step) && it.cause().equals(event.id())).count();
  }

  /** The ids of the events that were accepted, in that order. */
  List<String> accepted() {
    return steps.stream().filter(it -> it.is("accepted")).map(StatusEvent::cause).toList();
  }
}
