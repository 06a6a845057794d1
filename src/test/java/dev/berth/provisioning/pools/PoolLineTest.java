package dev.berth.provisioning.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.Plans;
import dev.berth.nodepool.PoolName;
import dev.berth.plan.Overhead;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Canary;
import dev.berth.plan.SandboxClass.Nodes;
import dev.berth.plan.SandboxClass.Places;
import dev.berth.plan.Work.Finding;
import dev.berth.provisioning.WithoutACluster;
import dev.berth.provisioning.pools.PoolConfig.AzureMode;
import dev.berth.store.Samples;
import dev.berth.store.pools.NodePools;
import dev.berth.store.pools.PoolDemands;
import dev.berth.store.tenants.Placements;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which tenants are in the line for a node pool, and what they are told. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class PoolLineTest extends OnPoolStage {

  private static final PoolName POOL = new PoolName(PoolStage.POOL);
  private static final Finding NO_ROOM =
      new Finding(ConditionType.PlacementReady, Reason.NoRoom, "no room");

  @Inject Placements placements;
  @Inject PoolDemands demands;
  @Inject NodePools pools;

  private final Tenant tenant = Samples.tenant("umbrella");

  @Test
  void whoHasNoNodeAtAllIsInTheLineWithWhatItNeeds() {
    Optional<Finding> told = queue(AzureMode.ENSURE, pooled(), null);

    assertThat(told).map(Finding::type).contains(ConditionType.NodePoolReady);
    assertThat(told.orElseThrow().message())
        .startsWith("position 1 in the line for node pool kd8sv5: ");
    assertThat(demands.waiting(POOL)).isOne();
    assertThat(demands.of(POOL)).isNotEmpty();
    assertThat(queue(AzureMode.ENSURE, pooled(), kata(0))).isPresent();
    assertThat(demands.waiting(POOL)).isOne();
  }

  @Test
  void whereBerthOnlyObservesItIsCountedAndToldNothing() {
    assertThat(queue(AzureMode.OBSERVE, pooled(), null)).isEmpty();

    assertThat(demands.waiting(POOL)).isOne();
    assertThat(demands.of(POOL)).isNotEmpty();
  }

  @Test
  void nobodyElseIsInTheLine() {
    assertThat(isQueued(AzureMode.OFF, tenant, pooled(), null)).isFalse();
    assertThat(isQueued(AzureMode.ENSURE, tenant, unpooled(), null)).isFalse();
    assertThat(isQueued(AzureMode.ENSURE, tenant, pooled(), kata(1))).isFalse();
    Tenant open = tenant.with(tenant.status().reached(1, pooled().id()));
    assertThat(isQueued(AzureMode.ENSURE, open, pooled(), null)).isFalse();

    assertThat(demands.waiting(POOL)).isZero();
  }

  @Test
  void whoWaitsForRoomIsToldWhatItsPoolDoesAboutIt() {
    stage.hasServed(1);
    stage.needs(3);
    stage.look();

    assertThat(line(AzureMode.ENSURE).told(pooled(), NO_ROOM).message())
        .startsWith(
            "no room; node pool kd8sv5 has 1 nodes, 1 of them Ready, and shall have 3"
                + " (NodePoolGrowing: ");
    assertThat(line(AzureMode.OFF).told(pooled(), NO_ROOM)).isSameAs(NO_ROOM);
    assertThat(line(AzureMode.ENSURE).told(unpooled(), NO_ROOM)).isSameAs(NO_ROOM);
  }

  private Optional<Finding> queue(AzureMode mode, Plan plan, @Nullable SandboxClass runtime) {
    assertThat(isQueued(mode, tenant, plan, runtime)).isTrue();
    return QuarkusTransaction.requiringNew().call(() -> line(mode).awaited(tenant, plan, runtime));
  }

  private boolean isQueued(AzureMode mode, Tenant whom, Plan plan, @Nullable SandboxClass runtime) {
    return QuarkusTransaction.requiringNew().call(() -> line(mode).queue(whom, plan, runtime, 2));
  }

  private PoolLine line(AzureMode mode) {
    return new PoolLine(placements, demands, pools, PoolLines.config(mode));
  }

  private static SandboxClass kata(int ready) {
    List<Nodes> nodes =
        ready == 0 ? List.of() : List.of(new Nodes("kd8sv5", ready, 26L << 30, 7500, 250));
    Places places = new Places(Map.of(), List.of(), nodes, List.of());
    return new SandboxClass("kata", "kata", new Overhead(0, 0), places, Canary.UNPROVEN);
  }

  private static Plan pooled() {
    return plan("nodePool: {vmSize: Standard_D8s_v5, min: 0, max: 10}\n");
  }

  private static Plan unpooled() {
    return plan("");
  }

  private static Plan plan(String more) {
    try {
      String starter = Files.readString(Path.of("src/main/resources/plans/starter.yaml"));
      return Plans.catalogue(starter + more).releases().iterator().next().plan();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
