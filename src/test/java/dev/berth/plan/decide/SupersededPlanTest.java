package dev.berth.plan.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.Plans;
import dev.berth.plan.Operation;
import dev.berth.plan.Plan;
import dev.berth.plan.Recorded;
import dev.berth.plan.Resource;
import dev.berth.plan.Samples;
import dev.berth.plan.Work;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.Status;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A tenant whose class is gone is brought onto another plan, in another class. */
class SupersededPlanTest {

  private static final Plan BEFORE = Plans.sample("team");
  private static final Plan WANTED = Plans.sample("starter");
  private static final Recorded RECORDED =
      new Recorded(
          Stream.of("tenant-acme", "tenant-acme--jobs")
              .flatMap(
                  n -> Stream.of(Resource.Key.ofNamespace(n), Bindings.owner(n, List.of()).key()))
              .collect(Collectors.toMap(key -> key, Object::toString)));

  @Test
  void accessIsClosedBeforeTheOtherPlanLetsAnybodyIn() {
    assertThat(work(access(Condition.Truth.False, Reason.AccessClosed, 2)).operations())
        .anyMatch(SupersededPlanTest::closes);
    assertThat(work(access(Condition.Truth.True, Reason.Applied, 1)).operations())
        .as("let in by the plan before")
        .anyMatch(SupersededPlanTest::closes);
  }

  @Test
  void whomTheOtherPlanLetInStaysInWhileTheRestGoes() {
    Work work = work(access(Condition.Truth.True, Reason.Applied, 2));

    assertThat(work.operations()).noneMatch(SupersededPlanTest::closes);
    assertThat(work.lost()).isNull();
    assertThat(work.operations())
        .as("what that plan dropped")
        .anyMatch(o -> o instanceof Operation.Delete d && d.key().name().endsWith("--jobs"));
  }

  @Test
  void whatWasDisprovenSinceClosesAccessAgain() {
    Work work =
        work(
            access(Condition.Truth.True, Reason.Applied, 2),
            condition(
                ConditionType.RuntimeEnforced, Condition.Truth.False, Reason.SandboxUnproven, 2));

    assertThat(work.operations()).anyMatch(SupersededPlanTest::closes);
  }

  /** L11: what others keep changing guards nothing. */
  @Test
  void aContestedGuardClosesAccess() {
    Work work =
        work(
            access(Condition.Truth.True, Reason.Applied, 2),
            condition(
                ConditionType.NetworkIsolated, Condition.Truth.False, Reason.GuardContested, 2));

    assertThat(work.operations()).anyMatch(SupersededPlanTest::closes);
    assertThat(work.lost()).extracting(Work.Finding::reason).isEqualTo(Reason.GuardContested);
  }

  /** Else it would stay closed, and say why, when all is well again. */
  @Test
  void whatWasDisprovenIsProvenAgainAlsoWhileTheTenantIsHeldBack() {
    assertThat(held(Reason.SandboxUnproven).operations())
        .extracting(Operation::id)
        .contains("verify sandbox tenant-acme");
    assertThat(held(Reason.Verified).operations())
        .extracting(Operation::id)
        .doesNotContain("verify sandbox tenant-acme");
  }

  /** A finding of this look would outrank the proof of this look. */
  @Test
  void whatWasDisprovenBeforeIsNoFindingOfThisLook() {
    Work work = held(Reason.SandboxUnproven);

    assertThat(work.lost()).extracting(Work.Finding::reason).isEqualTo(Reason.SandboxUnproven);
    assertThat(work.findings())
        .extracting(Work.Finding::reason)
        .containsExactly(Reason.PlanUnknown);
  }

  private static Work held(Reason reason) {
    Tenant tenant =
        tenant(
            "kata-vm-isolation",
            condition(ConditionType.RuntimeEnforced, Condition.Truth.False, reason, 1));
    Work.Finding why =
        new Work.Finding(ConditionType.PlacementReady, Reason.PlanUnknown, "nowhere");
    return new Planner().held(new Standing(tenant, RECORDED, BEFORE), Samples.healthy(), why);
  }

  private static boolean closes(Operation operation) {
    return operation instanceof Operation.Revoke revoke && revoke.closes();
  }

  private static Work work(Condition... conditions) {
    Tenant tenant = tenant("gone", conditions);
    return new Planner()
        .plan(tenant, WANTED, new Standing(tenant, RECORDED, BEFORE), Samples.healthy());
  }

  private static Tenant tenant(String runtimeClass, Condition... conditions) {
    TenantSpec spec =
        new TenantSpec(
            2,
            PlanRef.parse("starter").orElseThrow(),
            "Acme",
            List.of(new Subject(Subject.SubjectKind.Group, "owners", null)),
            List.of(),
            Map.of(),
            null,
            null,
            "{}");
    Status status =
        Status.NONE
            .with(Conditions.of(List.of(conditions)))
            .reached(1, BEFORE.id())
            .movingTo(runtimeClass, "kata");
    return new Tenant(
        new TenantId("acme"),
        new Tenant.Life(1, List.of()),
        new Tenant.Revision(2, null),
        new Desired(Desired.Mode.ACTIVE, 2, spec, WANTED.id(), null),
        status);
  }

  private static Condition access(Condition.Truth status, Reason reason, long generation) {
    return condition(ConditionType.AccessReady, status, reason, generation);
  }

  private static Condition condition(
      ConditionType type, Condition.Truth status, Reason reason, long generation) {
    return new Condition(type, status, reason, "", generation, Instant.EPOCH);
  }
}
