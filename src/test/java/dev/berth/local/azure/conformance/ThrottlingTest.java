package dev.berth.local.azure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.azure.conformance.Wire.Reply;
import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The buckets that AKS documents, measured on a clock that stands still between the calls. */
class ThrottlingTest {
  @RegisterExtension final Stand stand = new Stand();

  @Test
  void aPoolTakesTwentyWritesAndThenOneAMinute() {
    Supplier<Reply> put = () -> stand.wire().putPool("kata", "{}");

    assertThat(passing(put)).isEqualTo(20);
    assertThat(put.get().header("Retry-After")).isEqualTo("60");
    stand.clock().goesOn(Duration.ofSeconds(59));
    assertThat(put.get().header("Retry-After")).isEqualTo("1");
    stand.clock().goesOn(Duration.ofSeconds(1));
    assertThat(passing(put)).isEqualTo(1);
    assertThat(stand.wire().putPool("other", "{}").status()).isEqualTo(400);
    stand.clock().goesOn(Duration.ofMinutes(30));
    assertThat(passing(put)).isEqualTo(20);
  }

  @Test
  void theClusterTakesTwentyWritesAndSixtyReads() {
    String url = Wire.versioned(stand.azure().clusterUrl());

    assertThat(passing(() -> stand.wire().put(url, "{}"))).isEqualTo(20);
    assertThat(passing(() -> stand.wire().get(url))).isEqualTo(60);
    stand.clock().goesOn(Duration.ofSeconds(3));
    assertThat(passing(() -> stand.wire().get(url))).isEqualTo(3);
  }

  @Test
  void operationsOfASubscriptionTakeTwoHundredPollsAndThenTwoASecond() {
    Reply accepted = stand.wire().putPool("kata", Wire.KATA_POOL);

    assertThat(passing(() -> stand.poll(accepted))).isEqualTo(200);
    Reply refused = stand.poll(accepted);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.text("/code")).isEqualTo("Throttled");
    assertThat(refused.header("retry-after")).isEqualTo("1");
    stand.clock().goesOn(Duration.ofSeconds(5));
    assertThat(passing(() -> stand.poll(accepted))).isEqualTo(10);
  }

  @Test
  void listsHaveFiveHundredAndAllOtherCallsSixty() {
    String list = Wire.versioned(stand.azure().clusterUrl() + "/agentPools");

    assertThat(passing(() -> stand.wire().get(list))).isEqualTo(500);
    assertThat(passing(() -> stand.wire().getPool("kata"))).isEqualTo(60);
    assertThat(stand.wire().getPool("other").status()).isEqualTo(429);
    assertThat(stand.wire().deletePool("other").status()).isEqualTo(429);
    stand.clock().goesOn(Duration.ofSeconds(2));
    assertThat(passing(() -> stand.wire().getPool("kata"))).isEqualTo(2);
  }

  @Test
  void othersMayHaveUsedUpABucket() {
    stand.azure().drainFor("kata", Call.PUT_POOL);
    stand.azure().drain(Call.GET_OPERATION);

    assertThat(stand.wire().putPool("kata", Wire.KATA_POOL).status()).isEqualTo(429);
    assertThat(stand.poll(stand.wire().putPool("other", Wire.KATA_POOL)).status()).isEqualTo(429);
  }

  @Test
  void aRefusalMayComeFromTheResourceManagerItself() {
    stand.azure().next(Call.GET_POOL, Mishap.throttledByArm(Duration.ofSeconds(17)));
    stand.azure().next(Call.GET_POOL, Mishap.throttled(Duration.ofSeconds(18)));

    Reply ofArm = stand.wire().getPool("kata");
    Reply ofAks = stand.wire().getPool("kata");

    assertThat(ofArm.text("/error/code")).isEqualTo("SubscriptionRequestsThrottled");
    assertThat(ofArm.header("retry-after")).isEqualTo("17");
    assertThat(ofAks.text("/code")).isEqualTo("Throttled");
    assertThat(ofAks.header("retry-after")).isEqualTo("18");
  }

  @Test
  void whoIsNotInterestedTurnsItOff() {
    stand.azure().withoutThrottling();

    assertThat(passing(() -> stand.wire().getPool("kata"))).isEqualTo(1_000);
  }

  /** How many calls pass until one is throttled, a thousand at most. */
  private static int passing(Supplier<Reply> call) {
    for (int passed = 0; passed < 1_000; passed++) {
      if (call.get().status() == 429) {
        return passed;
      }
    }
    return 1_000;
  }
}
