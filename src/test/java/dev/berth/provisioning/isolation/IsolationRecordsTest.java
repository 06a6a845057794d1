package dev.berth.provisioning.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.isolation.IsolationCheck;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationLine.LineResult;
import dev.berth.plan.isolation.IsolationReport;
import dev.berth.provisioning.WithoutACluster;
import dev.berth.provisioning.actions.Performer;
import dev.berth.provisioning.actions.TenantHands;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.actions.Actions;
import dev.berth.store.outbox.Outbox;
import dev.berth.store.tenants.Tenants;
import dev.berth.store.tenants.Verifications;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Desired;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of a report, on a real PostgreSQL. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class IsolationRecordsTest {

  private static final Instant TIME = Instant.parse("2026-11-24T18:00:00Z");

  private final Tenants tenants;
  private final Verifications verifications;
  private final Outbox outbox;
  private final IsolationRecords records;
  private final Performer performer;
  private final TenantHands hands;
  private final Actions actions;
  private final TenantId id = new TenantId("r" + UUID.randomUUID().toString().substring(0, 8));

  IsolationRecordsTest(
      Tenants tenants,
      Verifications verifications,
      Outbox outbox,
      IsolationRecords records,
      Performer performer,
      TenantHands hands,
      Actions actions) {
    this.performer = performer;
    this.hands = hands;
    this.actions = actions;
    this.tenants = tenants;
    this.verifications = verifications;
    this.outbox = outbox;
    this.records = records;
  }

  @Test
  void aPassIsToldOnceForEachGeneration() {
    remember(ready(1, 1));
    record(passed(1));
    record(passed(1));
    assertThat(steps()).containsExactly("isolation-verified");
    assertThat(phase()).isEqualTo(Phase.READY);
    assertDueIn(Duration.ofHours(24));

    remember(ready(2, 2).with(now().status().with(ready(2, 2).status().conditions())));
    record(passed(2));

    assertThat(steps()).containsExactly("isolation-verified", "isolation-verified");
  }

  @Test
  void aFailureIsToldAgainOnlyWhenItIsAnotherOne() {
    remember(ready(1, 1));
    record(failed("list secrets"));
    record(failed("list secrets"));
    assertThat(steps()).containsExactly("degraded");
    assertThat(phase()).isEqualTo(Phase.DEGRADED);
    assertDueIn(Duration.ofMinutes(1));

    record(failed("create pods"));
    record(passed(1));

    assertThat(steps()).containsExactly("degraded", "degraded", "isolation-verified");
    assertThat(phase()).isEqualTo(Phase.READY);
  }

  @Test
  void whatTheTenantWasBeforeAndWhatIsNotReadyHasNoReport() {
    Tenant verified = ready(1, 1);
    remember(ready(1, 2));

    QuarkusTransaction.requiringNew().run(() -> records.record(verified, failed("list secrets")));
    assertThat(verifications.find(id)).isEmpty();

    Tenant held = ready(1, 2);
    Condition blocked = condition(ConditionType.Ready, Condition.Truth.False, Reason.NameTaken, 1);
    remember(held.with(held.status().with(held.status().conditions().with(blocked))));
    record(failed("list secrets"));

    assertThat(verifications.find(id)).isEmpty();
    assertThat(steps()).isEmpty();
  }

  @Test
  void aTenantIsScheduledWhenItIsReadyAnewOrHasMovedAndForgottenWhenItLeaves() {
    Tenant before = ready(1, 1).with(Status.NONE);
    Tenant after = ready(1, 1);
    remember(after);

    QuarkusTransaction.requiringNew().run(() -> records.follow(before, after));
    assertDueIn(Duration.ofSeconds(20));

    record(passed(1));
    Tenant verified = now();
    QuarkusTransaction.requiringNew().run(() -> records.follow(verified, verified));
    assertDueIn(Duration.ofHours(24));

    List<RuntimeClass> both =
        List.of(new RuntimeClass("kata", "kata"), new RuntimeClass("gvisor", "runsc"));
    Tenant onTheMove = verified.with(verified.status().runningIn(both));
    QuarkusTransaction.requiringNew().run(() -> records.follow(onTheMove, verified));
    assertDueIn(Duration.ofSeconds(20));

    Desired leaving = new Desired(Desired.Mode.OFFBOARDED, 2, null, null, null);
    QuarkusTransaction.requiringNew()
        .run(() -> records.follow(verified.with(leaving), verified.with(leaving)));
    assertThat(verifications.dueAt(id)).isEmpty();
    assertThat(verifications.find(id)).isEmpty();
  }

  /** L8. */
  @Test
  void aVerificationThatIsNotFinishedSaysHowFarItIsUntilThereIsAVerdict() {
    remember(ready(1, 1));
    IsolationCheck first = new IsolationCheck.PodsInside("tenant-a", "kata");
    IsolationCheck second = new IsolationCheck.PodsInside("tenant-b", "kata");
    Map<IsolationCheck, IsolationLine> answered =
        Map.of(first, IsolationLine.of(first, "yes", "", LineResult.PASSED));
    Turn turn = new Turn(ready(1, 1), List.of(first, second), answered, false, TIME);

    assertThat(leaveUnfinished(turn)).isTrue();

    assertThat(now().status().conditions().get(ConditionType.IsolationVerified))
        .hasValueSatisfying(begun -> {
          assertThat(begun.status()).isEqualTo(Condition.Truth.Unknown);
          assertThat(begun.reason()).isEqualTo(Reason.VerificationUnfinished);
          assertThat(begun.message()).startsWith("1 of 2 checks are answered");
        });
    assertThat(phase()).isEqualTo(Phase.READY);
    assertDueIn(Duration.ofMinutes(5));

    record(passed(1));
    assertThat(steps()).containsExactly("isolation-verified");
    Turn silent = new Turn(ready(1, 1), List.of(first, second), answered, true, TIME);
    assertThat(leaveUnfinished(silent)).isFalse();

    assertThat(now().status().conditions().isTrue(ConditionType.IsolationVerified)).isTrue();
    assertDueIn(Duration.ofMinutes(1));
  }

  @Test
  void aVerificationThatSomebodyAskedForIsDoneByAReportThatBeganAfterwards() {
    remember(ready(1, 1));
    Tenant before = now();
    UUID asked = verify().id();

    QuarkusTransaction.requiringNew().run(() -> records.record(before, passed(1)));
    IsolationCheck check = new IsolationCheck.PodsInside("tenant-a", "kata");
    leaveUnfinished(new Turn(before, List.of(check), Map.of(), true, TIME));

    assertThat(state(asked)).isEqualTo(Action.State.PENDING);
    assertDueIn(Duration.ZERO);
    record(passed(1));
    assertThat(state(asked)).isEqualTo(Action.State.DONE);
  }

  private Action verify() {
    return performer.perform(
        new Performer.Asked(
            ActionKind.VERIFY,
            Action.About.of(id),
            "alice",
            "to see",
            new Actions.Once(UUID.randomUUID().toString(), "sha256")),
        hands.effect(ActionKind.VERIFY, id, tenant -> true));
  }

  private Action.State state(UUID action) {
    return actions.find(action).orElseThrow().result().state();
  }

  private boolean leaveUnfinished(Turn turn) {
    return QuarkusTransaction.requiringNew()
        .call(() -> records.leaveUnfinished(turn, Duration.ofMinutes(5)));
  }

  private void assertDueIn(Duration wait) {
    assertThat(verifications.dueAt(id))
        .hasValueSatisfying(due ->
            assertThat(due)
                .isBetween(tenants.now().plus(wait).minusSeconds(15), tenants.now().plus(wait)));
  }

  private List<String> steps() {
    return outbox.latest("tenant.lifecycle", id.value(), 20).reversed().stream()
        .map(message -> message.type().replaceAll("^dev\\.berth\\.tenant\\.|\\.v1$", ""))
        .toList();
  }

  private Phase phase() {
    return now().phase();
  }

  private Tenant now() {
    return tenants.find(id).orElseThrow();
  }

  private void record(IsolationReport report) {
    QuarkusTransaction.requiringNew().run(() -> records.record(now(), report));
  }

  private void remember(Tenant tenant) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.lock(id);
          tenants.remember(tenant);
        });
  }

  private IsolationReport passed(long generation) {
    return report(generation, line("list secrets", LineResult.PASSED));
  }

  private IsolationReport failed(String check) {
    return report(1, line("get pods", LineResult.PASSED), line(check, LineResult.FAILED));
  }

  private IsolationReport report(long generation, IsolationLine... lines) {
    return new IsolationReport(id, 1, generation, TIME, Arrays.asList(lines));
  }

  private static IsolationLine line(String check, LineResult result) {
    return new IsolationLine(check, "Group 5b1c", "", "no", "yes", "RBAC", result);
  }

  private Tenant ready(long generation, long revision) {
    Conditions conditions =
        Conditions.of(
            List.of(
                condition(
                    ConditionType.Accepted, Condition.Truth.True, Reason.Accepted, generation),
                condition(
                    ConditionType.Ready, Condition.Truth.True, Reason.Provisioned, generation)));
    return new Tenant(
        id,
        new Tenant.Life(1, List.of()),
        new Tenant.Revision(revision, new Cause("correlation", "event", null)),
        new Desired(Desired.Mode.ACTIVE, generation, null, null, null),
        Status.NONE.with(conditions).reached(generation, null));
  }

  private static Condition condition(
      ConditionType type, Condition.Truth status, Reason reason, long generation) {
    return new Condition(type, status, reason, "", generation, TIME);
  }
}
