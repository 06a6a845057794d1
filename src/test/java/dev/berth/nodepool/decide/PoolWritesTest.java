package dev.berth.nodepool.decide;

import static dev.berth.nodepool.decide.PoolScene.NOW;
import static dev.berth.nodepool.decide.SeenPools.autoscaled;
import static dev.berth.nodepool.decide.SeenPools.failed;
import static dev.berth.nodepool.decide.SeenPools.foreign;
import static dev.berth.nodepool.decide.SeenPools.other;
import static dev.berth.nodepool.decide.SeenPools.own;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.nodepool.Aspect;
import dev.berth.nodepool.PoolIntent;
import dev.berth.nodepool.Subnets;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a write is sent, repeated, put off or given up. */
class PoolWritesTest {

  private final PoolScene scene = new PoolScene();

  @Test
  void aBusyClusterIsWaitedForWithoutAWrite() {
    assertThat(scene.needs(2).clusterIs("Updating").says())
        .isEqualTo("nothing: Verified Verified CloudBusy NodePoolCreating Waiting");
    assertThat(scene.clusterIs("Succeeded").has(other("Scaling")).says())
        .startsWith("nothing: Verified Verified CloudBusy");
    assertThat(scene.has(other("Succeeded")).says()).startsWith("create 2");
  }

  @Test
  void aClusterThatFailedTakesWrites() {
    assertThat(scene.needs(2).clusterIs("Failed").says()).startsWith("create 2");
  }

  @Test
  void whatWasBegunAndIsNotSeenIsRepeatedAsItWas() {
    assertThat(scene.needs(5).began(true, 2).says()).startsWith("create 2");
    assertThat(scene.has(own(2, "Succeeded")).says()).startsWith("grow to 5");
    assertThat(scene.began(false, 3).says()).startsWith("grow to 3");
    assertThat(scene.has(own(3, "Succeeded")).says()).startsWith("grow to 5");
  }

  @Test
  void whatWasBegunAndIsNeededNoMoreIsForgotten() {
    assertThat(scene.needs(0).began(true, 2).read().intent()).isNull();
    scene.needs(2).has(own(2, "Succeeded"));
    assertThat(scene.began(false, 3).read().intent()).isNull();
    assertThat(scene.needs(4).began(true, 4).has(foreign(1, "Succeeded")).read().intent()).isNull();
  }

  @Test
  void oneThatWasDeletedByHandIsMadeAnew() {
    scene.needs(2).ready(2).has(own(2, "Succeeded")).looked();
    assertThat(scene.isGone().ready(0).says()).startsWith("create 2");
    assertThat(scene.began(false, 3).says()).startsWith("create 2");
  }

  @Test
  void anAutoscalerKeepsWhatItAdded() {
    scene.needs(1).ready(4).has(autoscaled(4, 1));
    assertThat(scene.says()).isEqualTo("nothing: Verified Verified Applied Placed NodesReady");
    assertThat(scene.needs(3).says()).startsWith("grow to 3");
  }

  @Test
  void aWriteWaitsUntilItMayBeTriedAgain() {
    scene.needs(2).remembers(Aspect.Provisioned, Reason.CloudThrottled);
    scene.retryAt(NOW.plusSeconds(60));
    assertThat(scene.says()).startsWith("nothing: Verified Verified CloudThrottled");
    assertThat(scene.later(Duration.ofSeconds(60)).says()).startsWith("create 2");
  }

  @Test
  void whatOnlyAPersonCanMendIsNotTriedAgainUntilSomethingElseIsNeeded() {
    scene.needs(2).unwritten("ErrCode_InsufficientVCPUQuota").later(Duration.ofDays(3));
    assertThat(scene.looked().says()).startsWith("nothing: Verified Verified CloudQuota");
    assertThat(scene.needs(1).says()).startsWith("create 1");
  }

  @Test
  void whatCameToBeNeededMeanwhileHasNotFailedWithWhatWasTried() {
    scene.needs(2).written().has(own(2, "Creating")).looked();
    scene.needs(4).looked().has(failed(2, "SkuNotAvailable"));
    assertThat(scene.says()).startsWith("grow to 4");

    scene.clusterIs("Updating").looked().looked().clusterIs("Succeeded");
    assertThat(scene.says()).startsWith("grow to 4");
    scene.written().has(own(4, "Scaling")).looked().has(failed(4, "SkuNotAvailable")).looked();
    assertThat(scene.says()).startsWith("nothing: Verified Verified VmSizeUnsuitable");
  }

  @Test
  void aPoolIsMadeWhereMostPoolsOfItsClusterAre() {
    Subnets rare = new Subnets("/a", "");
    Subnets usual = new Subnets("/b", "/pods");

    assertThat(scene.needs(2).poolsIn(rare, usual, usual).decide().write())
        .isEqualTo(new PoolIntent(true, 2, usual));
    assertThat(scene.written().poolsIn(rare, rare).decide().write())
        .as("begun there")
        .isEqualTo(new PoolIntent(true, 2, usual));
  }

  @Test
  void aRefusalIsForgottenWhereNothingIsNeededOfAzureAnyMore() {
    scene.needs(2).unwritten("RequestDisallowedByPolicy");
    scene.ready(2).has(foreign(2, "Succeeded"));
    assertThat(scene.says()).isEqualTo("nothing: Verified Verified Applied Placed NodesReady");
  }
}
