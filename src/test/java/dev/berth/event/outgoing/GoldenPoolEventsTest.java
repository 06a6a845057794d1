package dev.berth.event.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The data of a node pool's events are the published examples. To take over what is said now, and
 * then review the difference: {@code -Dgolden.update=true}.
 */
class GoldenPoolEventsTest {

  private static final Path EXAMPLES =
      Path.of("src/main/resources/META-INF/resources/contract/examples");
  private static final String SIZE = "Standard_D8s_v5";
  private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final StatusEvents events = new StatusEvents("local", () -> ID);

  @TestFactory
  Stream<DynamicTest> everyPhaseHasItsExample() {
    return Map.of(
            "dev.berth.node-pool.ready.v1/ok-two-nodes.json", PoolSamples.ready(SIZE),
            "dev.berth.node-pool.ensuring.v1/ok-first-node.json", PoolSamples.creating(SIZE),
            "dev.berth.node-pool.failed.v1/ok-without-quota.json", PoolSamples.withoutQuota(SIZE))
        .entrySet()
        .stream()
        .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> compare(it.getKey(), it.getValue())));
  }

  private void compare(String example, NodePool pool) throws IOException {
    OutgoingEvent event = events.step(pool, PoolSamples.TIME);
    JsonNode actual = JSON.readTree(event.payload());
    Path expected = EXAMPLES.resolve(example);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(
          expected, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(actual) + "\n");
    }
    assertThat(example).startsWith(event.type() + "/");
    assertThat(actual).isEqualTo(JSON.readTree(expected.toFile()));
  }

  @Test
  void theKeyIsTheNameOfThePool() {
    OutgoingEvent event = events.step(PoolSamples.ready(SIZE), PoolSamples.TIME);

    assertThat(event.key()).isEqualTo("kd8sv5");
    assertThat(event.headers())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("ce_specversion", "1.0"),
                Map.entry("ce_id", ID.toString()),
                Map.entry("ce_source", "/berth/local"),
                Map.entry("ce_type", "dev.berth.node-pool.ready.v1"),
                Map.entry("ce_subject", "kd8sv5"),
                Map.entry("ce_partitionkey", "kd8sv5"),
                Map.entry("ce_time", "2026-11-24T18:00:00Z"),
                Map.entry("ce_correlationid", "kd8sv5"),
                Map.entry("ce_causationid", "kd8sv5"),
                Map.entry("content-type", "application/json")));
  }
}
