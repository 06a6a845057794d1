package dev.berth.api;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.Management;
import dev.berth.api.stage.OpenApi;
import dev.berth.nodepool.PoolSamples;
import dev.berth.operations.NodePoolGauges;
import dev.berth.store.pools.NodePools;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where Berth looks after no node pools, it does not tell of those of former days. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class NoNodePoolsTest {

  private final NodePools pools;
  private final NodePoolGauges gauges;

  NoNodePoolsTest(NodePools pools, NodePoolGauges gauges) {
    this.pools = pools;
    this.gauges = gauges;
  }

  @BeforeEach
  void oneIsKnown() {
    QuarkusTransaction.requiringNew()
        .run(() -> pools.remember(PoolSamples.ready("Standard_D8s_v5")));
  }

  @Test
  void theListIsEmpty() {
    Response answer = Caller.viewer().get("/api/v1/node-pools");

    OpenApi.served().assertValid("NodePoolList", answer);
    assertThat(answer.asString()).isEqualTo("{\"items\":[]}");
  }

  @Test
  void noneIsFoundAndTheAnswerSaysWhy() {
    Response answer = Caller.viewer().get("/api/v1/node-pools/kd8sv5");

    assertThat(assertProblem(answer, 404, "NotFound").getString("detail"))
        .contains("berth.azure.mode is off");
  }

  @Test
  void nothingOfThemIsMeasured() {
    gauges.refresh();
    assertThat(Management.get("/q/metrics").asString())
        .doesNotContain("berth_node_pool_waiting", "berth_node_pool_operation", "berth_azure");
  }
}
