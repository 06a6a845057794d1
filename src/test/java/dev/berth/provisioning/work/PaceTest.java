package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Work;
import dev.berth.plan.Work.Finding;
import dev.berth.provisioning.Pieces;
import dev.berth.provisioning.assessment.Assessment;
import dev.berth.provisioning.assessment.Judgement;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Waits are spread over a fifth, so that tenants do not come back together. */
class PaceTest {

  private static final Work NOTHING = new Work(List.of(), List.of(), Sandboxes.NONE);
  private static final Operation REVOKE =
      new Operation.Revoke("tenant-acme", List.of(), Map.of(), List.of());

  private final Pieces pieces =
      new Pieces(
          Map.of(
              "berth.work.backoff", "1s",
              "berth.work.backoff-max", "10s",
              "berth.work.blocked-recheck", "100s",
              "berth.work.ready-recheck", "1000s"));
  private final Pace pace = new Pace(pieces.config, pieces.lifetime, pieces.clock);
  private final Tenant tenant = pieces.accepted("acme");

  @Test
  void aReadyTenantIsComparedWithTheClusterNowAndThen() {
    Pace.Next next = next(Reason.Provisioned);

    assertBetween(next.due(), 800, 1000);
    assertThat(next.retry()).isNull();
  }

  @Test
  void whatIsUnderWayIsLookedAtWhenTheSoonestOfItMayBeDone() {
    Map<Operation, Outcome> outcomes =
        Map.of(
            evict("a"), inProgress(Duration.ofSeconds(5)),
            evict("b"), inProgress(Duration.ofSeconds(2)),
            evict("c"), new Outcome.Done(null));

    assertThat(next(tenant, Reason.PodsRemaining, NOTHING, outcomes).due())
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(next(Reason.PodsRemaining).due()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aBlockedOrWaitingTenantIsAnnouncedItsNextLook() {
    for (Reason reason : List.of(Reason.QuotaTooSmall, Reason.NoRoom)) {
      Pace.Next next = next(reason);

      assertBetween(next.due(), 80, 100);
      assertThat(next.retry()).isEqualTo(pieces.clock.instant().plus(next.due()));
      assertThat(next.attempt()).isZero();
    }
  }

  /** L11. */
  @Test
  void accessToATenantWhoseGuardIsFoundContestedIsClosedAtOnce() {
    Tenant open = tenant.with(tenant.status().reached(1, tenant.desired().plan()));
    Finding lost = new Finding(ConditionType.NetworkIsolated, Reason.GuardContested, "k9s");
    Work closed = new Work(List.of(), List.of(), Sandboxes.NONE, lost);

    assertThat(next(open, Reason.GuardContested, NOTHING, Map.of()).due()).isZero();
    assertBetween(next(open, Reason.GuardContested, closed, Map.of()).due(), 80, 100);
    assertBetween(next(tenant, Reason.GuardContested, NOTHING, Map.of()).due(), 80, 100);
    assertBetween(next(open, Reason.Contested, NOTHING, Map.of()).due(), 80, 100);
  }

  @Test
  void looksAtWhatMakesNoProgressAreCounted() {
    Pace.Next next = next(retried(2), Reason.DeletionBlocked, NOTHING, Map.of());

    assertBetween(next.due(), 80, 100);
    assertThat(next.attempt()).isEqualTo(3);
  }

  /** L1. */
  @Test
  void aTenantWithRoomThatIsToBeFreeIsLookedAtSooner() {
    assertBetween(pace.sooner(next(Reason.Provisioned), false).due(), 80, 100);
    assertThat(pace.sooner(next(Reason.PodsRemaining), false).due())
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(pace.sooner(next(Reason.Provisioned), true).due())
        .as("a namespace has just gone")
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aFailureIsTriedAgainAfterTwiceAsLongEachTime() {
    Pace.Next first = next(Reason.ApiTimeout);
    Pace.Next third = next(retried(2), Reason.ApiTimeout, NOTHING, Map.of());
    Pace.Next ninth = next(retried(8), Reason.ApiTimeout, NOTHING, Map.of());

    assertBetween(first.due(), 0.8, 1);
    assertThat(first.attempt()).isEqualTo(1);
    assertBetween(third.due(), 3.2, 4);
    assertBetween(ninth.due(), 8, 10);
    assertThat(ninth.attempt()).isEqualTo(9);
  }

  @Test
  void accessThatCouldNotBeTakenAwayIsTakenAwayAgainSoonWhateverElseIsWrong() {
    Outcome failed = new Outcome.Retryable(Reason.ApiTimeout, "slow");

    assertBetween(
        next(tenant, Reason.QuotaTooSmall, NOTHING, Map.of(REVOKE, failed)).due(), 0.8, 1);
  }

  @Test
  void whileNothingIsKnownOfTheClusterNothingCountsAsAnAttempt() {
    Finding unknown =
        new Finding(ConditionType.PlacementReady, Reason.FactsUnknown, "not read yet");
    Work uninformed = new Work(List.of(), List.of(unknown), Sandboxes.NONE);

    Pace.Next next = next(retried(3), Reason.FactsUnknown, uninformed, Map.of());

    assertThat(next.due()).isEqualTo(Duration.ofSeconds(1));
    assertThat(next.attempt()).isEqualTo(3);
    assertThat(next.retry())
        .as("L9: not in the past, however long it takes")
        .isEqualTo(pieces.clock.instant().plusSeconds(1));
  }

  @Test
  void whoIsGoneIsNotLookedAtAgain() {
    Tenant gone =
        pieces
            .offboarded(tenant)
            .with(
                Condition.of(
                    ConditionType.Offboarding, Reason.Offboarded, "", 2, pieces.clock.instant()));

    assertThat(next(gone, Reason.Offboarded, NOTHING, Map.of()).due()).isNull();
  }

  @Test
  void whatTheDatabaseDidNotTakeIsNotTriedAgainOnceTheApplicationEnds() {
    assertThat(pace.pauseForDatabase(1)).isTrue();

    pieces.lifetime.end();

    assertThat(pace.pauseForDatabase(1)).isFalse();
  }

  private Pace.Next next(Reason reason) {
    return next(tenant, reason, NOTHING, Map.of());
  }

  private Pace.Next next(Tenant of, Reason reason, Work work, Map<Operation, Outcome> outcomes) {
    Judgement gravest = new Judgement(ConditionType.Ready, reason, "");
    return pace.next(new Assessment(of, gravest), work, outcomes);
  }

  private Tenant retried(int attempt) {
    return tenant.with(tenant.status().retrying(attempt, pieces.clock.instant()));
  }

  private static Operation evict(String namespace) {
    return new Operation.EvictPods(namespace, List.of());
  }

  private static Outcome inProgress(Duration recheck) {
    return new Outcome.InProgress(Reason.PodsRemaining, "", recheck);
  }

  private static void assertBetween(Duration wait, double least, double most) {
    assertThat(wait.toMillis()).isBetween(Math.round(least * 1000), Math.round(most * 1000));
  }
}
