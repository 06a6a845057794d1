package dev.berth.provisioning.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.nodepool.Aspect;
import dev.berth.provisioning.WithoutACluster;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Azure is busy, broken or unreachable for long: few requests, and it goes on by itself. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class PoolOutagesTest extends OnPoolStage {

  @Test
  void aClusterThatIsSeenToBeBusyIsWaitedForWithoutAPut() {
    stage.azure().busyFor(Duration.ofMinutes(40));
    stage.needs(2);
    stage.goOn(Duration.ofMinutes(39));
    assertThat(stage.puts()).isEmpty();
    assertThat(stage.events()).isEqualTo("ENSURING CloudBusy");

    stage.goOn(Duration.ofMinutes(2));
    assertThat(stage.counts()).containsExactly(2);
  }

  @Test
  void aClusterThatOnlySaysThatItIsBusyIsAskedLessAndLessOften() {
    stage
        .azure()
        .always(
            Call.PUT_POOL,
            Mishap.refuse(409, "OperationNotAllowed", "Another operation is in progress"));
    stage.needs(2);
    stage.goOn(Duration.ofHours(2));
    assertThat(stage.counts()).hasSizeBetween(8, 14).containsOnly(2);

    stage.azure().calmsDown();
    stage.goOn(Duration.ofMinutes(20));
    assertThat(stage.state()).isEqualTo("Succeeded");
  }

  @Test
  void aWriteComesBackWhenAzureSaysAndNotBefore() {
    stage.azure().next(Call.PUT_POOL, Mishap.throttled(Duration.ofMinutes(10)));
    stage.needs(2);
    stage.look();
    int before = stage.requests();
    stage.goOn(Duration.ofSeconds(599));
    assertThat(stage.requests()).isEqualTo(before);
    assertThat(stage.reason(Aspect.Provisioned)).isEqualTo("CloudThrottled");

    stage.goOn(Duration.ofSeconds(10));
    assertThat(stage.counts()).containsExactly(2, 2);
  }

  @Test
  void aReadComesBackWhenAzureSaysAndNotBefore() {
    stage.azure().next(Call.GET_CLUSTER, Mishap.throttledByArm(Duration.ofMinutes(20)));
    stage.needs(2);
    stage.look();
    stage.goOn(Duration.ofSeconds(1199));
    assertThat(stage.requests()).isEqualTo(1);

    stage.goOn(Duration.ofSeconds(10));
    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.pool().progress().attempt()).isZero();
  }

  @Test
  void aBucketThatOthersHaveEmptiedIsLeftToFill() {
    stage.azure().drainFor(PoolStage.POOL, Call.PUT_POOL);
    stage.needs(2);
    stage.goOn(Duration.ofMinutes(5));

    assertThat(stage.azure().journal().of(Call.PUT_POOL))
        .extracting(put -> put.status())
        .containsExactly(429, 201);
  }

  @Test
  void allQuestionsOfALongOperationStayFarBelowWhatAzureAllows() {
    stage.azure().operationsTake(Duration.ofMinutes(30));
    stage.needs(2);
    stage.goOn(Duration.ofMinutes(30));

    assertThat(stage.azure().journal().all()).noneMatch(asked -> asked.status() == 429);
    assertThat(stage.azure().journal().of(Call.GET_CLUSTER)).hasSizeBetween(50, 80);
    assertThat(stage.requests()).isLessThan(480);
  }

  @Test
  void anHourWithoutAzureCostsFewRequestsAndIsOverByItself() {
    stage.hasServed(1);
    stage.azure().journal().clear();
    stage.azure().always(Call.GET_CLUSTER, Mishap.dropBeforeEffect());
    stage.needs(2);
    stage.goOn(Duration.ofHours(1));
    assertThat(stage.requests()).isBetween(12, 45);
    assertThat(stage.events()).endsWith("READY CloudUnavailable");

    stage.azure().calmsDown();
    stage.goOn(Duration.ofMinutes(16));
    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.pool().progress().attempt()).isZero();
  }

  @Test
  void anHourWithoutATokenCostsNoRequestsAndIsOverByItself() {
    stage.stand().identityGoesDown();
    stage.needs(2);
    stage.goOn(Duration.ofHours(1));
    assertThat(stage.requests()).isZero();
    assertThat(stage.events()).isEqualTo("ENSURING CloudIdentity");

    stage.stand().identityComesBack();
    stage.goOn(Duration.ofMinutes(16));
    assertThat(stage.counts()).containsExactly(2);
  }

  @Test
  void aTokenThatExpiresIsNoFailure() {
    stage.azure().identity().tokensLiveFor(Duration.ofSeconds(70));
    stage.hasServed(2);

    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.events()).doesNotContain("CloudIdentity");
  }

  @Test
  void aTokenThatExpiresBeforeTheWriteIsNoFailure() {
    stage.needs(2);
    stage.look(
        new MishapCloud(stage.stand().cloud())
            .beforeWriting(() -> stage.azure().identity().revokesAll()));

    assertThat(stage.azure().journal().of(Call.PUT_POOL))
        .extracting(put -> put.status())
        .containsExactly(401, 201);
    assertThat(stage.puts()).containsOnly(stage.puts().getFirst());
  }

  @Test
  void aBrokenAnswerToAReadIsAskedForAgain() {
    stage.azure().next(Call.LIST_POOLS, Mishap.failBeforeEffect(503));
    stage.hasServed(2);

    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.events()).doesNotContain("CloudUnavailable");
  }
}
