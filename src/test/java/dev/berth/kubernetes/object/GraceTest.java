package dev.berth.kubernetes.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.Hands;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** T4: what a tenant wrote does not decide how long its removal is waited for. */
class GraceTest {

  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

  @Test
  void theLongestOfThePodsCounts() {
    assertThat(Grace.longest(Hands.json("{'items': []}"))).isZero();
    assertThat(
            Grace.longest(
                Hands.json(
                    "{'items': [{'metadata': {'deletionGracePeriodSeconds': 3153600000}}, {'metadata': {}}]}")))
        .isEqualTo(Duration.ofSeconds(3153600000L));
  }

  @Test
  void theNamespaceSaysWhatThePlanGives() {
    assertThat(Grace.most(Hands.json(namespace("3600")))).isEqualTo(Duration.ofHours(1));
    assertThat(Grace.most(Hands.json(namespace("ages")))).isEqualTo(Grace.BY_DEFAULT);
    assertThat(Grace.most(Hands.json("{}"))).isEqualTo(Grace.BY_DEFAULT);
  }

  @Test
  void whoseTimeIsOverIsToldFromWhoIsOnTheWay() {
    String pods = "{'items': [{'metadata': {'deletionTimestamp': '2026-11-29T11:59:00Z'}}, {}]}";

    assertThat(Grace.isOver(Hands.json(pods), NOON)).isTrue();
    assertThat(Grace.isOver(Hands.json(pods), NOON.minusSeconds(120))).isFalse();
    assertThat(Grace.isOver(Hands.json("{'items': [{}]}"), NOON)).isFalse();
  }

  private static String namespace(String grace) {
    return "{'metadata': {'annotations': {'berth.dev/termination-grace': '%s'}}}".formatted(grace);
  }
}
