package dev.berth.api;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.Management;
import dev.berth.api.stage.OpenApi;
import dev.berth.api.stage.Samples;
import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolSamples;
import dev.berth.operations.NodePoolGauges;
import dev.berth.store.outbox.Outbox;
import dev.berth.store.pools.NodePools;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Node pools over REST, where Berth looks after some. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.WithNodePools.class)
class NodePoolsTest {

  private static final NodePool READY = PoolSamples.ready("Standard_D8s_v5");
  private static final NodePool CREATING = PoolSamples.creating("Standard_D16s_v5");
  private static final NodePool SILENT =
      NodePool.unknown(PoolSamples.ready("Standard_E8s_v5").terms());

  private final NodePools pools;
  private final Outbox outbox;
  private final NodePoolGauges gauges;

  NodePoolsTest(NodePools pools, Outbox outbox, NodePoolGauges gauges) {
    this.pools = pools;
    this.outbox = outbox;
    this.gauges = gauges;
  }

  @BeforeEach
  void threeOfThemAreKnown() {
    QuarkusTransaction.requiringNew()
        .run(() -> List.of(READY, CREATING, SILENT).forEach(pools::remember));
  }

  @Test
  void thoseOfWhichSomethingWasSaidAreListedByName() {
    Response answer = get("");

    OpenApi.served().assertValid("NodePoolList", answer);
    assertThat(answer.jsonPath().getList("items.name")).containsExactly("kd16sv5", "kd8sv5");
    assertThat(answer.jsonPath().getList("items.phase")).containsExactly("ENSURING", "READY");
    assertThat(answer.jsonPath().getMap("items[0].nodes"))
        .isEqualTo(Map.of("min", 0, "max", 10, "wanted", 1, "provided", 0, "ready", 0));
    assertThat(answer.jsonPath().getInt("items[0].waitingTenants")).isEqualTo(3);
  }

  @Test
  void aPoolIsShownWithItsLatestSteps() {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          LongStream.rangeClosed(1, 25)
              .forEach(n -> outbox.add(Samples.step("node-pool.lifecycle", READY, n)));
          outbox.add(Samples.step("tenant.lifecycle", READY, 26));
        });

    Response answer = get("/kd8sv5");

    OpenApi.served().assertValid("NodePoolDetail", answer);
    JsonPath detail = answer.jsonPath();
    assertThat(detail.getString("phase")).isEqualTo("READY");
    assertThat(detail.getList("timeline.sequence", Long.class))
        .isEqualTo(Stream.iterate(25L, n -> n - 1).limit(20).toList());
    assertThat(detail.getMap("timeline[0]"))
        .containsEntry("type", "dev.berth.node-pool.ready.v1")
        .containsEntry("time", "2026-11-24T18:00:00Z")
        .containsEntry("phase", "READY")
        .containsEntry("reason", "NodesReady");
  }

  @Test
  void anItemIsTheSameInTheListAndAlone() {
    var alone = get("/kd16sv5").jsonPath().getMap("");
    var listed = get("").jsonPath().getMap("items[0]");
    assertThat(alone).containsAllEntriesOf(listed).hasSize(listed.size() + 1);
    assertThat(alone).containsEntry("timeline", List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ke8sv5", "nobody", "KD8SV5", "a%00b", "..%2Fx"})
  void anUnknownPoolIsNotFound(String name) {
    JsonPath problem = assertProblem(get("/" + name), 404, "NotFound");
    assertThat(problem.getString("detail")).contains("no node pool of this name");
  }

  @Test
  void noParametersAreTaken() {
    assertProblem(get("?limit=1"), 400, "InvalidParameter");
    assertProblem(get("/kd8sv5?limit=1"), 400, "InvalidParameter");
  }

  @Test
  void whoWaitsForWhichPoolIsMeasured() {
    gauges.refresh();
    synchronized (gauges) { // while it measures by itself, a series is away for a moment
      assertThat(Management.get("/q/metrics").asString())
          .contains(
              "berth_node_pool_waiting_tenants{pool=\"kd8sv5\"} 0.0",
              "berth_node_pool_waiting_tenants{pool=\"kd16sv5\"} 0.0");
    }
  }

  private static Response get(String rest) {
    return Caller.viewer().get("/api/v1/node-pools" + rest);
  }
}
