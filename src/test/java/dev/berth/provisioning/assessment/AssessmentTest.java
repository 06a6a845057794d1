package dev.berth.provisioning.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.event.outgoing.StepType;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import dev.berth.plan.Work;
import dev.berth.tenant.Admission;
import dev.berth.tenant.Cause;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantRequest;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AssessmentTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final PlanVersion TEAM = new PlanVersion("team", 2);
  private static final Outcome DONE = new Outcome.Done("uid");

  private static final Operation NAMESPACE =
      new Operation.Apply(
          new Resource.Namespace("tenant-acme", Map.of(), Map.of()), null, List.of());
  private static final Operation QUOTA =
      new Operation.Verify("tenant-acme", new Operation.Proof.QuotaBinds(), List.of());
  private static final Operation NETWORK =
      new Operation.Apply(
          new Resource.NetworkPolicy(
              "tenant-acme", true, List.of(), List.of(), List.of(), List.of()),
          null,
          List.of());
  private static final Operation SANDBOX =
      new Operation.Verify("tenant-acme", new Operation.Proof.ProbeDenied(), List.of());
  private static final Operation ACCESS =
      new Operation.Apply(
          new Resource.RoleBinding("tenant-acme", "berth-owner", "berth-tenant-admin", List.of()),
          null,
          List.of());
  private static final List<Operation> ALL = List.of(NAMESPACE, QUOTA, NETWORK, SANDBOX, ACCESS);

  private static final Work.Finding PLACED =
      new Work.Finding(ConditionType.PlacementReady, Reason.Placed, "sandboxes: 8");

  @Test
  void aTenantIsReadyWhenEverythingIsDone() {
    Tenant after = assess(accepted(1), Map.of());

    assertThat(after.phase()).isEqualTo(Phase.READY);
    assertThat(after.status().observedGeneration()).isEqualTo(1);
    assertThat(Assessment.step(accepted(1), after)).contains(StepType.PROVISIONED);
  }

  @Test
  void aRefusalBlocksTheTenantWithItsReason() {
    Tenant after =
        assess(
            accepted(1),
            Map.of(
                NAMESPACE,
                new Outcome.Rejected(Reason.NameTaken, "tenant-acme is somebody else's")));

    assertThat(after.phase()).isEqualTo(Phase.BLOCKED);
    assertThat(headline(after)).isEqualTo(Reason.NameTaken);
    assertThat(Assessment.step(accepted(1), after)).contains(StepType.BLOCKED);
  }

  @Test
  void aFailureThatPassesIsFailedAndARefusalBesideItWeighsMore() {
    Outcome failed = new Outcome.Retryable(Reason.ApiUnavailable, "no answer");
    Outcome refused = new Outcome.Rejected(Reason.ApiForbidden, "may not");

    assertThat(assess(accepted(1), Map.of(QUOTA, failed)).phase()).isEqualTo(Phase.FAILED);
    assertThat(assess(accepted(1), Map.of(QUOTA, failed, NETWORK, refused)).phase())
        .isEqualTo(Phase.BLOCKED);
  }

  @Test
  void whatTakesTimeKeepsTheTenantUnderWay() {
    Outcome waits =
        new Outcome.InProgress(Reason.QuotaNotYetEnforced, "waits", Duration.ofSeconds(1));

    Tenant after = assess(Assessment.begun(accepted(1), NOW), Map.of(QUOTA, waits));

    assertThat(after.phase()).isEqualTo(Phase.PROVISIONING);
    assertThat(Assessment.step(Assessment.begun(accepted(1), NOW), after)).isEmpty();
  }

  @Test
  void aReadyTenantStaysReadyThroughAnOutage() {
    Tenant ready = assess(accepted(1), Map.of());

    Tenant after =
        assess(ready, Map.of(NAMESPACE, new Outcome.Retryable(Reason.ApiUnavailable, "down")));

    assertThat(after).isEqualTo(ready);
  }

  @Test
  void aReadyTenantWhoseSandboxIsNotProvenIsDegraded() {
    Tenant ready = assess(accepted(1), Map.of());

    Tenant after =
        assess(ready, Map.of(SANDBOX, new Outcome.Retryable(Reason.SandboxUnproven, "passed")));

    assertThat(after.phase()).isEqualTo(Phase.DEGRADED);
    assertThat(Assessment.step(ready, after)).contains(StepType.DEGRADED);
  }

  @Test
  void missingFactsBlockANewTenantAndDegradeAnOpenOne() {
    Work blocked =
        new Work(
            List.of(),
            List.of(
                new Work.Finding(
                    ConditionType.RuntimeEnforced, Reason.PolicyMissing, "apply them")),
            Sandboxes.NONE);
    Tenant ready = assess(accepted(1), Map.of());

    assertThat(Assessment.of(accepted(1), blocked, Map.of(), NOW).tenant().phase())
        .isEqualTo(Phase.BLOCKED);
    assertThat(Assessment.of(ready, blocked, Map.of(), NOW).tenant().phase())
        .isEqualTo(Phase.DEGRADED);
  }

  /** L5. */
  @Test
  void aReadyTenantWhoseNamespaceGoesIsDegradedAndToldOnce() {
    Tenant ready = assess(accepted(1), Map.of());

    Tenant goes = assess(ready, Map.of(NAMESPACE, lost("has been terminating since noon")));
    Tenant gone = assess(goes, Map.of(NAMESPACE, lost("is gone")));

    assertThat(Assessment.step(ready, goes)).contains(StepType.DEGRADED);
    assertThat(headline(goes)).isEqualTo(Reason.NamespaceLost);
    assertThat(Assessment.step(goes, gone)).isEmpty();
  }

  /** L1. */
  @Test
  void whoRunsMoreThanItIsGrantedIsReadyAndTold() {
    Tenant ready = assess(accepted(1), Map.of());
    Work.Finding over =
        new Work.Finding(ConditionType.PlacementReady, Reason.OverGrant, "its pods take more");
    Work placed = new Work(ALL, List.of(PLACED), new Sandboxes(8, null));
    Work exceeding = placed.with(over);

    Tenant told = Assessment.of(ready, exceeding, outcomes(exceeding, Map.of()), NOW).tenant();
    Tenant within = Assessment.of(told, placed, outcomes(placed, Map.of()), NOW).tenant();

    assertThat(told.phase()).isEqualTo(Phase.READY);
    assertThat(told.status().conditions().headline().orElseThrow().message())
        .endsWith("ready; its pods take more");
    assertThat(Assessment.step(ready, told)).contains(StepType.PROVISIONED);
    assertThat(Assessment.step(told, told)).isEmpty();
    assertThat(Assessment.step(told, within)).contains(StepType.PROVISIONED);
  }

  /** L3: told again at rising intervals, and no longer when it goes on. */
  @Test
  void whatMakesNoProgressIsToldAgainEachTimeLater() {
    Tenant leaving = Assessment.begun(offboarded(assess(accepted(1), Map.of())), NOW);
    Work work = new Work(List.of(NAMESPACE), List.of(), Sandboxes.NONE);
    Outcome held = new Outcome.Rejected(Reason.DeletionBlocked, "remove what holds it");
    List<Integer> told = new ArrayList<>();
    Tenant before = leaving;
    for (int look = 1; look <= 40; look++) {
      Tenant after = Assessment.of(before, work, Map.of(NAMESPACE, held), NOW).tenant();
      after = after.with(after.status().retrying(look, NOW));
      if (Assessment.step(before, after).isPresent()) {
        assertThat(Assessment.step(before, after)).contains(StepType.OFFBOARDING_BLOCKED);
        told.add(look);
      }
      before = after;
    }

    assertThat(told).containsExactly(1, 4, 8, 16, 32);
    Outcome goesOn = new Outcome.InProgress(Reason.NamespaceTerminating, "", Duration.ofSeconds(1));
    Tenant again = Assessment.of(before, work, Map.of(NAMESPACE, goesOn), NOW).tenant();
    assertThat(Assessment.step(before, again)).contains(StepType.OFFBOARDING_STARTED);
  }

  @Test
  void anUpdateThatIsRefusedIsBlockedNotDegraded() {
    Tenant updated = next(assess(accepted(1), Map.of()), 2);

    Tenant after = assess(updated, Map.of(QUOTA, new Outcome.Rejected(Reason.QuotaTooSmall, "no")));

    assertThat(updated.phase()).isEqualTo(Phase.UPDATING);
    assertThat(after.phase()).isEqualTo(Phase.BLOCKED);
    assertThat(after.status().observedGeneration()).isEqualTo(1);
  }

  @Test
  void aTenantThatLeavesIsGoneOnlyWhenEveryDeletionIsDone() {
    Tenant leaving = Assessment.begun(offboarded(assess(accepted(1), Map.of())), NOW);
    Outcome terminating =
        new Outcome.InProgress(Reason.NamespaceTerminating, "waits", Duration.ofSeconds(1));
    Work work = new Work(List.of(ACCESS, NAMESPACE), List.of(), Sandboxes.NONE);

    Tenant waiting =
        Assessment.of(leaving, work, outcomes(work, Map.of(NAMESPACE, terminating)), NOW).tenant();
    Tenant gone = Assessment.of(leaving, work, outcomes(work, Map.of()), NOW).tenant();

    assertThat(waiting.phase()).isEqualTo(Phase.DEPROVISIONING);
    assertThat(gone.phase()).isEqualTo(Phase.OFFBOARDED);
    assertThat(gone.namespaces()).isEmpty();
    assertThat(Assessment.step(waiting, gone)).contains(StepType.OFFBOARDED);
  }

  private static Outcome lost(String how) {
    return new Outcome.Rejected(Reason.NamespaceLost, how);
  }

  private static Tenant assess(Tenant tenant, Map<Operation, Outcome> except) {
    Work work = new Work(ALL, List.of(), new Sandboxes(8, null));
    return Assessment.of(tenant, work, outcomes(work, except), NOW).tenant();
  }

  private static Map<Operation, Outcome> outcomes(Work work, Map<Operation, Outcome> except) {
    Map<Operation, Outcome> outcomes = new LinkedHashMap<>();
    work.operations().forEach(o -> outcomes.put(o, except.getOrDefault(o, DONE)));
    if (!except.isEmpty()) {
      outcomes.put(ACCESS, new Outcome.Skipped(except.keySet().iterator().next().id()));
    }
    return outcomes;
  }

  private static Reason headline(Tenant tenant) {
    return tenant.status().conditions().headline().orElseThrow().reason();
  }

  private static Tenant accepted(long generation) {
    return next(null, generation);
  }

  private static Tenant next(@Nullable Tenant known, long generation) {
    TenantSpec spec =
        new TenantSpec(
            generation,
            new PlanRef("team", null),
            "Acme",
            List.of(new Subject(Subject.SubjectKind.Group, "owners", null)),
            List.of(),
            Map.of(),
            null,
            null,
            "{}");
    return decide(
        known, new TenantRequest.Upsert(new TenantId("acme"), TenantRequest.Origin.CREATED, spec));
  }

  private static Tenant offboarded(Tenant known) {
    return decide(known, new TenantRequest.Offboard(new TenantId("acme"), 9, "contract ended"));
  }

  private static Tenant decide(@Nullable Tenant known, TenantRequest request) {
    Admission.Surroundings around =
        new Admission.Surroundings(TEAM, null, new Cause("c", "e", null), NOW);
    return ((Admission.Decision.Applied)
            new Admission("local", 1_000_000, Duration.ZERO).decide(known, request, around))
        .tenant();
  }
}
