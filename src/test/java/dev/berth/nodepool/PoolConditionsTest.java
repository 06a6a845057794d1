package dev.berth.nodepool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolConditionsTest {

  private static final Instant THEN = Instant.parse("2026-11-29T02:00:00Z");
  private static final Instant NOW = THEN.plusSeconds(60);

  @Test
  void aReasonThatStaysIsAsOldAsItWas() {
    PoolConditions after = served().with(List.of(condition(Aspect.Sufficient, Reason.Placed, NOW)));

    assertThat(after.get(Aspect.Sufficient).orElseThrow().since()).isEqualTo(THEN);
    assertThat(after.list()).hasSize(2);
  }

  @Test
  void aReasonThatChangesIsNew() {
    PoolConditions after =
        served().with(List.of(condition(Aspect.Sufficient, Reason.NodePoolFull, NOW)));

    assertThat(after.get(Aspect.Sufficient).orElseThrow().since()).isEqualTo(NOW);
  }

  @Test
  void theyStandInTheOrderOfTheAspects() {
    assertThat(and(Aspect.Reachable, Reason.Verified).list())
        .extracting(PoolCondition::aspect)
        .containsExactly(Aspect.Reachable, Aspect.Sufficient, Aspect.NodesReady);
  }

  @Test
  void theGravestOneDescribesThePoolAndOfEqualOnesTheFirst() {
    PoolConditions both =
        and(Aspect.Fit, Reason.VmSizeUnsuitable)
            .with(List.of(condition(Aspect.Provisioned, Reason.CloudQuota, NOW)));

    assertThat(both.headline().orElseThrow().aspect()).isEqualTo(Aspect.Fit);
    assertThat(both.phase()).isEqualTo(PoolPhase.FAILED);
  }

  @Test
  void thePhaseFollowsFromThem() {
    assertThat(PoolConditions.NONE.phase()).isEqualTo(PoolPhase.ENSURING);
    assertThat(served().phase()).isEqualTo(PoolPhase.READY);
    assertThat(and(Aspect.Fit, Reason.NodePoolDoubtful).phase()).isEqualTo(PoolPhase.READY);
    assertThat(and(Aspect.Provisioned, Reason.NodePoolGrowing).phase())
        .isEqualTo(PoolPhase.ENSURING);
    assertThat(and(Aspect.NodesReady, Reason.NoSandboxNode).phase()).isEqualTo(PoolPhase.FAILED);
  }

  @Test
  void whatIsTriedAgainTellsMoreThanThatSomethingIsWaitedFor() {
    PoolConditions both =
        and(Aspect.Provisioned, Reason.CloudCapacity)
            .with(List.of(condition(Aspect.Sufficient, Reason.NodePoolCreating, NOW)));

    assertThat(both.headline().orElseThrow().reason()).isEqualTo(Reason.CloudCapacity);
    assertThat(both.phase()).isEqualTo(PoolPhase.ENSURING);
  }

  @Test
  void oneThatServesStaysReadyWhileAzureCannotBeAsked() {
    assertThat(and(Aspect.Reachable, Reason.CloudUnavailable).phase()).isEqualTo(PoolPhase.READY);
    assertThat(
            and(Aspect.Reachable, Reason.CloudUnavailable)
                .with(List.of(condition(Aspect.NodesReady, Reason.NodesStarting, NOW)))
                .phase())
        .isEqualTo(PoolPhase.ENSURING);
  }

  @Test
  void aLongMessageIsCut() {
    String message =
        new PoolCondition(Aspect.Fit, Reason.Verified, "x".repeat(2000), NOW).message();

    assertThat(message).hasSize(PoolCondition.LONGEST_MESSAGE).endsWith("...");
  }

  private static PoolConditions served() {
    return PoolConditions.NONE.with(
        List.of(
            condition(Aspect.NodesReady, Reason.NodesReady, THEN),
            condition(Aspect.Sufficient, Reason.Placed, THEN)));
  }

  private static PoolConditions and(Aspect aspect, Reason reason) {
    return served().with(List.of(condition(aspect, reason, NOW)));
  }

  private static PoolCondition condition(Aspect aspect, Reason reason, Instant since) {
    return new PoolCondition(aspect, reason, "why", since);
  }
}
