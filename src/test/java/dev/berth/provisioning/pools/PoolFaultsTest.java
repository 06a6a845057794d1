package dev.berth.provisioning.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.nodepool.Aspect;
import dev.berth.nodepool.PoolPhase;
import dev.berth.provisioning.WithoutACluster;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each way a write can be answered: one pool, and nobody has to help. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class PoolFaultsTest extends OnPoolStage {

  @Test
  void aPoolIsAskedForOnceAndByItsOwnAddress() {
    stage.hasServed(2);

    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.azure().journal().of(Call.PUT_CLUSTER)).isEmpty();
    assertThat(stage.pool().intent()).isNull();
    assertThat(stage.events())
        .isEqualTo("ENSURING NodePoolCreating, ENSURING NodesStarting, READY NodePoolDoubtful");
  }

  @Test
  void anErrorAfterItTookEffectIsNotAnsweredByASecondPut() {
    stage.azure().next(Call.PUT_POOL, Mishap.failAfterEffect(500));
    stage.hasServed(2);

    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.events()).startsWith("ENSURING CloudUnavailable, ENSURING NodePoolCreating");
  }

  @Test
  void aConnectionThatBreaksAfterItTookEffectIsNotAnsweredByASecondPut() {
    stage.azure().next(Call.PUT_POOL, Mishap.dropAfterEffect());
    stage.hasServed(2);

    assertThat(stage.counts()).containsExactly(2);
  }

  @Test
  void aConnectionThatBreaksBeforeItTookEffectIsAnsweredByTheSamePut() {
    stage.azure().next(Call.PUT_POOL, Mishap.dropBeforeEffect());
    stage.needs(2);
    stage.look();
    stage.needs(5);
    stage.goOn(Duration.ofMinutes(3));

    assertThat(stage.puts()).hasSize(2).containsOnly(stage.puts().getFirst());
    stage.goOn(Duration.ofMinutes(10));
    assertThat(stage.counts()).containsExactly(2, 2, 5);
  }

  @Test
  void anAnswerWithoutTheAddressOfTheOperationIsEnough() {
    stage.azure().next(Call.PUT_POOL, Mishap.withoutAsyncHeader());
    stage.hasServed(2);

    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.azure().journal().of(Call.GET_OPERATION)).isEmpty();
  }

  @Test
  void anOperationThatFailsWithHttp200IsAskedForAgainLessAndLessOften() {
    stage
        .azure()
        .always(Call.PUT_POOL, Mishap.operationFails("AllocationFailed", "no machines left"));
    stage.needs(2);
    stage.goOn(Duration.ofHours(2));

    assertThat(stage.counts()).hasSizeBetween(7, 12).containsOnly(2);
    assertThat(stage.events()).contains("ENSURING CloudCapacity").doesNotContain("FAILED");
    stage.azure().calmsDown();
    stage.goOn(Duration.ofMinutes(20));
    assertThat(stage.state()).isEqualTo("Succeeded");
    assertThat(stage.pool().progress().attempt()).isZero();
  }

  @Test
  void anOperationThatCanNeverSucceedIsNotAskedForAgain() {
    stage
        .azure()
        .next(Call.PUT_POOL, Mishap.operationFails("SkuNotAvailable", "not in this region"));
    stage.needs(2);
    stage.goOn(Duration.ofHours(2));

    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.events()).endsWith("FAILED VmSizeUnsuitable");
  }

  @Test
  void anOperationThatIsCanceledIsAskedForAgain() {
    stage.azure().next(Call.PUT_POOL, Mishap.operationIsCanceled());
    stage.hasServed(2);

    assertThat(stage.counts()).containsExactly(2, 2);
    assertThat(stage.events()).contains("ENSURING CloudUnexpected");
  }

  @Test
  void aLongOperationInStatesOfNoStandardIsWaitedFor() {
    stage
        .azure()
        .next(
            Call.PUT_POOL,
            Mishap.operationTakes(Duration.ofMinutes(50)),
            Mishap.operationReports("ProvisioningNetworkResources", "Whatever"));
    stage.needs(2);
    stage.goOn(Duration.ofMinutes(52));

    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.state()).isEqualTo("Succeeded");
    assertThat(stage.events()).isEqualTo("ENSURING NodePoolCreating, ENSURING NodesStarting");
  }

  @Test
  void whoeverWasFasterIsReadAndTheRestIsAskedForAlmostAtOnce() {
    stage.hasServed(1);
    stage.azure().next(Call.PUT_POOL, Mishap.etagMismatch());
    stage.needs(3);
    stage.look();
    assertThat(stage.reason(Aspect.Provisioned)).isEqualTo("CloudConflict");
    stage.goOn(Duration.ofSeconds(10));

    assertThat(stage.counts()).containsExactly(1, 3, 3);
  }

  @Test
  void aPoolThatCameOrWentInTheMeantimeIsReadAnew() {
    stage
        .azure()
        .next(Call.PUT_POOL, Mishap.refuse(412, "PreconditionFailed", "The agent pool exists"));
    stage.needs(2);
    stage.look();
    assertThat(stage.pool().intent()).isNull();
    stage.goOn(Duration.ofMinutes(5));

    assertThat(stage.counts()).containsExactly(2, 2);
    assertThat(stage.state()).isEqualTo("Succeeded");
  }

  @Test
  void aRefusalForQuotaIsParkedUntilSomethingElseIsNeeded() {
    stage
        .azure()
        .next(
            Call.PUT_POOL,
            Mishap.refuse(400, "ErrCode_InsufficientVCPUQuota", "left regional vcpu quota 4"));
    stage.needs(2);
    stage.goOn(Duration.ofHours(2));

    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.events()).isEqualTo("FAILED CloudQuota");
    assertThat(stage.pool().phase()).isEqualTo(PoolPhase.FAILED);
    stage.needs(1);
    stage.goOn(Duration.ofMinutes(6));
    assertThat(stage.counts()).containsExactly(2, 1);
  }

  @Test
  void aQuotaThatIsKnownToBeTooSmallIsNotTried() {
    stage.azure().portal().allowsVcpus(12);
    stage.needs(2);
    stage.goOn(Duration.ofMinutes(20));
    assertThat(stage.puts()).isEmpty();
    assertThat(stage.events()).isEqualTo("FAILED CloudQuota");

    stage.azure().portal().allowsVcpus(100);
    stage.goOn(Duration.ofMinutes(6));
    assertThat(stage.counts()).containsExactly(2);
  }

  /** The failure is one of 2 nodes; that 4 are needed by now has not been tried. */
  @Test
  void whatCameToBeNeededMeanwhileIsAskedForThoughTheOperationFailed() {
    stage.azure().next(Call.PUT_POOL, Mishap.operationFails("SkuNotAvailable", "not for so few"));
    stage.needs(2);
    stage.look();
    stage.needs(4);
    stage.goOn(Duration.ofMinutes(12));

    assertThat(stage.counts()).containsExactly(2, 4);
    assertThat(stage.state()).isEqualTo("Succeeded");
  }

  @Test
  void whatAPolicyForbidsIsAskedForOnce() {
    stage.azure().next(Call.PUT_POOL, Mishap.deniedByPolicy("no-big-machines"));
    stage.needs(2);
    stage.goOn(Duration.ofHours(2));

    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.events()).isEqualTo("FAILED CloudPolicy");
  }
}
