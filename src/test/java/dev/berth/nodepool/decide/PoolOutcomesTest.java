package dev.berth.nodepool.decide;

import static dev.berth.nodepool.decide.PoolScene.NOW;
import static dev.berth.nodepool.decide.SeenPools.failed;
import static dev.berth.nodepool.decide.SeenPools.own;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.nodepool.Aspect;
import dev.berth.nodepool.PoolIntent;
import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a pool remembers of calls that went well, and of others. */
class PoolOutcomesTest {

  private final PoolScene scene = new PoolScene();

  @Test
  void aReadingThatFailsLeavesEverythingElseAsItWas() {
    scene.needs(2).ready(2).has(own(2, "Succeeded")).looked().unread(CloudFailure.UNREACHABLE);

    assertThat(reason(Aspect.Reachable)).isEqualTo(Reason.CloudUnavailable);
    assertThat(reason(Aspect.Provisioned)).isEqualTo(Reason.Applied);
    assertThat(scene.pool().phase()).hasToString("READY");
    assertAttempts(1, Duration.ofSeconds(60));
  }

  @Test
  void readingsThatFailWaitLongerEachTimeAndAreForgottenWithTheFirstThatGoesWell() {
    scene.needs(2).unread(CloudFailure.UNREACHABLE).unread(CloudFailure.UNREACHABLE);
    assertAttempts(2, Duration.ofSeconds(120));
    scene.later(Duration.ofSeconds(120)).looked();
    assertAttempts(0, null);
  }

  @Test
  void aWriteWithoutAnAnswerIsStillIntended() {
    scene.needs(2).unwritten(CloudFailure.UNREACHABLE);

    assertThat(scene.pool().intent()).isEqualTo(new PoolIntent(true, 2));
    assertThat(reason(Aspect.Provisioned)).isEqualTo(Reason.CloudUnavailable);
  }

  @Test
  void aWriteThatIsRefusedIsNotIntendedAnyMore() {
    scene.needs(2).unwritten("OperationNotAllowed");

    assertThat(scene.pool().intent()).isNull();
    assertThat(reason(Aspect.Provisioned)).isEqualTo(Reason.CloudBusy);
  }

  @Test
  void aWriteIsSeenWhenThePoolShowsItAndItsFailuresAreOverWhenItIsDone() {
    scene.needs(2).unwritten("AllocationFailed").later(Duration.ofMinutes(1)).written();
    assertThat(scene.has(own(2, "Creating")).read().intent()).isNull();
    assertThat(scene.looked().pool().progress().attempt()).isEqualTo(1);
    scene.has(own(2, "Succeeded")).looked();
    assertAttempts(0, null);
  }

  @Test
  void anOperationThatFailsEachTimeIsAskedForLessAndLessOften() {
    scene.needs(2).written().has(own(2, "Creating")).looked().has(failed(2, "AllocationFailed"));
    assertThat(scene.looked().pool().intent()).isNull();
    assertAttempts(1, Duration.ofSeconds(60));

    scene.later(Duration.ofSeconds(60));
    assertThat(scene.says()).startsWith("grow to 2");
    scene.written().has(own(2, "Updating")).looked().has(failed(2, "AllocationFailed")).looked();
    assertAttempts(2, Duration.ofSeconds(180));
  }

  @Test
  void whatNobodyKnowsIsTriedThreeTimes() {
    scene.needs(2).written().has(own(2, "Creating")).looked();
    for (int tries = 1; tries < 3; tries++) {
      scene.has(failed(2, "Whatever")).looked().later(Duration.ofHours(1));
      assertThat(scene.says()).startsWith("grow to 2");
      scene.written().has(own(2, "Updating")).looked();
    }
    scene.has(failed(2, "Whatever")).looked().later(Duration.ofDays(1)).looked();

    assertThat(scene.says()).startsWith("nothing: Verified Verified CloudRefused");
    assertThat(scene.pool().phase()).hasToString("FAILED");
  }

  @Test
  void aFailureIsCountedOnceHoweverOftenItIsRead() {
    scene.needs(2).written().has(failed(2, "AllocationFailed")).looked().looked().looked();

    assertAttempts(1, Duration.ofSeconds(60));
  }

  @Test
  void readingsThatFailDoNotMakeAFailedWriteTheFirstOne() {
    scene.needs(2).unwritten("OperationNotAllowed").later(Duration.ofMinutes(1));
    scene.unwritten("OperationNotAllowed").later(Duration.ofMinutes(2));
    scene.unread("Throttled").later(Duration.ofMinutes(4));

    assertThat(scene.looked().pool().progress().attempt()).isEqualTo(3);
  }

  @Test
  void aPoolThatWasMendedByHandIsWell() {
    scene.needs(2).written().has(failed(2, "SkuNotAvailable")).looked();
    assertThat(scene.pool().phase()).hasToString("FAILED");

    assertThat(scene.ready(2).has(own(2, "Succeeded")).looked().says())
        .isEqualTo("nothing: Verified Verified Applied Placed NodesReady");
    assertThat(scene.pool().phase()).hasToString("READY");
  }

  private Reason reason(Aspect aspect) {
    return scene.pool().progress().conditions().get(aspect).orElseThrow().reason();
  }

  private void assertAttempts(int attempts, Duration wait) {
    assertThat(scene.pool().progress().attempt()).isEqualTo(attempts);
    assertThat(scene.pool().progress().retryAt()).isEqualTo(wait == null ? null : NOW.plus(wait));
  }
}
