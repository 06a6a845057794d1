package dev.berth.provisioning.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.nodepool.Aspect;
import dev.berth.nodepool.PoolIntent;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.provisioning.WithoutACluster;
import dev.berth.provisioning.pools.MishapCloud.Crash;
import dev.berth.store.pools.PoolClaim;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A replica may die at any point, and another may be at work: one pool, asked for once. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class PoolCrashesTest extends OnPoolStage {

  @Test
  void aCrashBeforeAnythingWasStoredChangesNothing() {
    stage.needs(2);
    crash(dying().whileReading());

    assertThat(stage.pool().intent()).isNull();
    assertOnePoolAsBegun(2);
  }

  @Test
  void aCrashBeforeThePutIsHealedByExactlyThatPut() {
    stage.needs(2);
    crash(dying().beforeWriting(Crash::now));

    assertThat(stage.puts()).isEmpty();
    assertThat(stage.pool().intent()).isEqualTo(new PoolIntent(true, 2));
    assertOnePoolAsBegun(2);
  }

  @Test
  void aCrashBeforeThePutIsHealedAsItWasBegunThoughMoreIsNeededByNow() {
    stage.needs(2);
    crash(dying().beforeWriting(Crash::now));
    stage.needs(4);
    stage.goOn(Duration.ofMinutes(20));

    assertThat(stage.counts()).containsExactly(2, 4);
  }

  @Test
  void aCrashAfterThePutIsHealedByReading() {
    stage.needs(2);
    crash(dying().afterWriting(Crash::now));

    assertThat(stage.pool().intent()).isEqualTo(new PoolIntent(true, 2));
    assertOnePoolAsBegun(2);
  }

  @Test
  void aCrashAfterThePutIsNotHealedByAnotherOneThoughMoreIsNeededByNow() {
    stage.needs(2);
    crash(dying().afterWriting(Crash::now));
    stage.needs(4);
    stage.goOn(Duration.ofMinutes(20));

    assertThat(stage.counts()).containsExactly(2, 4);
    assertThat(stage.azure().journal().of(Call.PUT_POOL).getLast().headers())
        .containsKey("if-match");
  }

  @Test
  void aCrashWhileItIsMadeIsHealedByReading() {
    stage.needs(2);
    stage.look();
    stage.waitUntilDue();
    crash(dying().whileReading());

    assertOnePoolAsBegun(2);
  }

  @Test
  void aCrashBeforeTheEndIsRecordedIsHealedByReading() {
    stage.needs(2);
    stage.look();
    stage.stand().goOn(Duration.ofMinutes(3));
    crash(dying().whileReading());
    assertThat(stage.state()).isEqualTo("Succeeded");

    assertOnePoolAsBegun(2);
  }

  @Test
  void aReasonThatDiedWithItsProcessIsReadFromThePool() {
    stage.azure().next(Call.PUT_POOL, Mishap.operationFails("SkuNotAvailable", "not here"));
    stage.needs(2);
    crash(dying().afterWriting(Crash::now));
    stage.goOn(Duration.ofMinutes(20));

    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.reason(Aspect.Provisioned)).isEqualTo("VmSizeUnsuitable");
  }

  @Test
  void nobodyElseWorksOnAPoolWhileItIsClaimed() {
    PoolClaim claim = stage.claim();
    stage.sql("UPDATE node_pool SET next_run_at = now() - interval '1 minute'");

    assertThat(stage.isClaimable()).isFalse();
    stage.work().look(claim, stage.stand().cloud());
    assertThat(stage.isClaimable()).as("it was made due meanwhile").isTrue();
  }

  @Test
  void whoLostItsClaimSendsNothing() {
    stage.needs(2);
    stage.look(dying().whileLooking(stage::look));

    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.pool().intent()).isEqualTo(new PoolIntent(true, 2));
  }

  @Test
  void whatALateReplicaSaysIsDropped() {
    stage.needs(2);
    PoolClaim late = stage.claim();
    stage.look();
    String events = stage.events();
    stage.azure().next(Call.GET_CLUSTER, Mishap.refuse(403, "AuthorizationFailed", "no"));
    stage.work().look(late, stage.stand().cloud());

    assertThat(stage.events()).isEqualTo(events).isEqualTo("ENSURING NodePoolCreating");
    assertThat(stage.reason(Aspect.Reachable)).isEqualTo("Verified");
    assertThat(stage.pool().progress().attempt()).isZero();
  }

  @Test
  void ofTwoWhoWriteAtOnceOneMakesThePool() {
    stage.needs(2);
    stage.look(dying().beforeWriting(stage::look));

    assertThat(stage.azure().journal().of(Call.PUT_POOL))
        .extracting(put -> put.status())
        .containsExactly(201, 412);
    assertThat(stage.puts()).containsOnly(stage.puts().getFirst());
    stage.goOn(Duration.ofMinutes(10));
    assertThat(stage.counts()).hasSize(2);
    assertThat(stage.events()).isEqualTo("ENSURING NodePoolCreating, ENSURING NodesStarting");
  }

  private MishapCloud dying() {
    return new MishapCloud(stage.stand().cloud());
  }

  private void crash(Cloud cloud) {
    assertThatThrownBy(() -> stage.look(cloud)).isInstanceOf(Crash.class);
    stage.restart();
  }

  private void assertOnePoolAsBegun(int nodes) {
    stage.goOn(Duration.ofMinutes(6));
    stage.hasServed(nodes);
    assertThat(stage.counts()).containsExactly(nodes);
    assertThat(stage.state()).isEqualTo("Succeeded");
    assertThat(stage.pool().intent()).isNull();
  }
}
