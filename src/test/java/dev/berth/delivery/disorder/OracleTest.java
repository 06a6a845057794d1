package dev.berth.delivery.disorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.delivery.evidence.StatusEvent;
import dev.berth.delivery.evidence.TenantEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The oracle finds what it is there for, and nothing else. */
class OracleTest {
  private static final TenantEvent CREATED = TenantEvent.created("acme", "starter", 1);
  private static final TenantEvent UPDATED = TenantEvent.updated("acme", "starter", 2);
  private static final TenantEvent GONE = TenantEvent.offboardingRequested("acme", 3);
  private static final TenantEvent SUSPENDED = TenantEvent.of("suspended", "acme", "{}");
  private static final List<StatusEvent> NOTHING = List.of();

  @Test
  void theHighestGenerationWinsWhicheverCameBeforeIt() {
    assertThat(faults(steps(accepted(CREATED), accepted(UPDATED)), ready(UPDATED))).isEmpty();
    assertThat(faults(steps(accepted(UPDATED)), ready(UPDATED))).isEmpty();
  }

  @Test
  void anUpdateThatIsLostOrTakenTwiceOrTakenBackIsFound() {
    assertThat(faults(steps(accepted(CREATED)), ready(CREATED))).hasSize(4);
    assertThat(
            faults(steps(accepted(CREATED), accepted(UPDATED), accepted(UPDATED)), ready(UPDATED)))
        .isNotEmpty();
    assertThat(faults(steps(accepted(UPDATED), accepted(CREATED)), ready(UPDATED))).isNotEmpty();
  }

  @Test
  void anotherEndThanTheLastOneIsFound() {
    List<StatusEvent> steps = steps(accepted(CREATED), accepted(UPDATED));
    assertThat(faults(steps, ready(CREATED))).isNotEmpty();
    assertThat(faults(steps, rest("FAILED", UPDATED))).hasSize(1);
  }

  @Test
  void whoLeftBeforeBeingCreatedIsNotKnown() {
    Oracle oracle = oracle(CREATED, GONE);
    assertThat(oracle.faults(new Told(NOTHING, NOTHING, Optional.empty()))).isEmpty();
    assertThat(oracle.faults(new Told(NOTHING, NOTHING, ready(CREATED)))).hasSize(1);
    List<StatusEvent> steps = steps(accepted(CREATED), accepted(GONE));
    assertThat(oracle.faults(new Told(steps, NOTHING, rest("OFFBOARDED", GONE)))).isEmpty();
    assertThat(oracle.faults(new Told(steps, NOTHING, ready(CREATED)))).isNotEmpty();
  }

  @Test
  void whatIsRejectedIsSaidOnceOnBothTopics() {
    Oracle oracle = oracle(SUSPENDED);
    List<StatusEvent> steps = steps(step("rejected", SUSPENDED));
    List<StatusEvent> kept = List.of(quarantined(SUSPENDED));
    Optional<JsonNode> rest = rest("REJECTED", SUSPENDED);
    assertThat(oracle.faults(new Told(steps, kept, rest))).isEmpty();
    assertThat(oracle.faults(new Told(steps, NOTHING, rest))).hasSize(1);
    assertThat(oracle.faults(new Told(NOTHING, kept, rest))).isNotEmpty();
  }

  private static List<String> faults(List<StatusEvent> steps, Optional<JsonNode> rest) {
    return oracle(CREATED, UPDATED).faults(new Told(steps, NOTHING, rest));
  }

  private static Oracle oracle(TenantEvent... diary) {
    return new Oracle(List.of(diary), Map.of(), Set.of());
  }

  private static Optional<JsonNode> ready(TenantEvent event) {
    return rest("READY", event);
  }

  private static Optional<JsonNode> rest(String phase, TenantEvent event) {
    return Optional.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("phase", phase)
            .put("incarnation", 1)
            .put("generation", Reading.generation(event))
            .put("observedGeneration", Reading.generation(event))
            .set("desired", Reading.data(event)));
  }

  private static List<StatusEvent> steps(StatusEvent... steps) {
    return List.of(steps);
  }

  private static StatusEvent accepted(TenantEvent event) {
    return step("accepted", event);
  }

  private static StatusEvent step(String step, TenantEvent event) {
    return told("dev.berth.tenant.%s.v1".formatted(step), event);
  }

  private static StatusEvent quarantined(TenantEvent event) {
    return told("dev.berth.record.refused.v1", event);
  }

  private static StatusEvent told(String type, TenantEvent event) {
    JsonNode data = JsonNodeFactory.instance.objectNode().put("claimedId", event.id());
    return new StatusEvent(event.tenant(), "", type, event.id(), Instant.EPOCH, data, "");
  }
}
