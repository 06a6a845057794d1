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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of access that is closed, could not be closed, or is somebody else's. */
class ClosedAccessTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Outcome DONE = new Outcome.Done(null);
  private static final Operation CLOSE =
      new Operation.Revoke("tenant-acme", List.of(binding(List.of())), Map.of(), List.of());
  private static final List<Subject> OWNERS =
      List.of(new Subject(Subject.SubjectKind.Group, "owners", null));

  /** G12. */
  @Test
  void aLostGuaranteeOutranksWhatHeldTheTenantBackAndClosedAccessIsAStep() {
    Work.Finding nodes = finding(ConditionType.NodePoolReady, Reason.NoSandboxNode);
    Work.Finding policy = finding(ConditionType.RuntimeEnforced, Reason.PolicyMissing);
    Tenant ready = opened();
    Tenant degraded = look(ready, new Work(List.of(), List.of(nodes), Sandboxes.NONE), Map.of());

    Work lost = new Work(List.of(CLOSE), List.of(policy, nodes), Sandboxes.NONE, policy);
    Tenant closed = look(degraded, lost, Map.of(CLOSE, DONE));

    assertThat(headline(degraded)).isEqualTo(Reason.NoSandboxNode);
    assertThat(headline(closed)).isEqualTo(Reason.PolicyMissing);
    assertThat(access(closed)).isEqualTo(Reason.AccessClosed);
    assertThat(closed.phase()).isEqualTo(Phase.DEGRADED);
    assertThat(Assessment.step(degraded, closed)).contains(StepType.DEGRADED);
  }

  /** G12: the same words as before, but somebody came in or went out. */
  @Test
  void aChangeOfAccessIsAStepAlthoughPhaseAndReasonStay() {
    Work.Finding policy = finding(ConditionType.RuntimeEnforced, Reason.PolicyMissing);
    Work lost = new Work(List.of(CLOSE), List.of(policy), Sandboxes.NONE, policy);
    Tenant failed =
        look(opened(), lost, Map.of(CLOSE, new Outcome.Retryable(Reason.ApiUnavailable, "down")));

    Tenant closed = look(failed, lost, Map.of(CLOSE, DONE));
    Tenant entered =
        look(closed, lost, Map.of(CLOSE, new Outcome.Rejected(Reason.ForeignBinding, "support")));

    assertThat(failed.phase()).isEqualTo(Phase.DEGRADED);
    assertThat(access(failed)).as("not said unread").isEqualTo(Reason.ApiUnavailable);
    assertThat(headline(failed)).isEqualTo(headline(closed)).isEqualTo(headline(entered));
    assertThat(Assessment.step(failed, closed)).contains(StepType.DEGRADED);
    assertThat(Assessment.step(closed, entered)).contains(StepType.DEGRADED);
    assertThat(Assessment.step(closed, closed)).isEmpty();
  }

  /** G2: what is said of a tenant that was never opened means that nobody is in. */
  @Test
  void aTenantThatWasNeverOpenedIsNotBlockedWhileItsAccessCouldNotBeClosed() {
    Work.Finding policy = finding(ConditionType.RuntimeEnforced, Reason.PolicyMissing);
    Work blocked = new Work(List.of(CLOSE), List.of(policy), Sandboxes.NONE);

    Tenant unread =
        look(
            accepted(),
            blocked,
            Map.of(CLOSE, new Outcome.Retryable(Reason.ApiUnavailable, "down")));
    Tenant read = look(unread, blocked, Map.of(CLOSE, DONE));

    assertThat(unread.phase()).isEqualTo(Phase.FAILED);
    assertThat(read.phase()).isEqualTo(Phase.BLOCKED);
  }

  /** G13. */
  @Test
  void whileNothingIsKnownOfTheClusterNothingIsSaidOfATenant() {
    Work unknown =
        new Work(
            List.of(CLOSE),
            List.of(finding(ConditionType.RuntimeEnforced, Reason.FactsUnknown)),
            Sandboxes.NONE);
    Tenant ready = opened();

    assertThat(look(accepted(), unknown, Map.of(CLOSE, DONE))).isEqualTo(accepted());
    assertThat(look(ready, unknown, Map.of(CLOSE, DONE))).isEqualTo(ready);
  }

  /** It is said no longer than until the sandbox is proven, whatever else holds the tenant back. */
  @Test
  void aSandboxThatIsProvenAgainIsNoLongerCalledUnproven() {
    Work.Finding unproven = finding(ConditionType.RuntimeEnforced, Reason.SandboxUnproven);
    Work.Finding unknown = finding(ConditionType.PlacementReady, Reason.PlanUnknown);
    Operation probe =
        new Operation.Verify("tenant-acme", new Operation.Proof.ProbeDenied(), List.of());
    Tenant open =
        look(
            opened(),
            new Work(List.of(CLOSE), List.of(unproven), Sandboxes.NONE, unproven),
            Map.of(CLOSE, DONE));
    Work held = new Work(List.of(CLOSE, probe), List.of(unknown), Sandboxes.NONE, unproven);

    assertThat(headline(open)).isEqualTo(Reason.SandboxUnproven);
    assertThat(headline(look(open, held, Map.of(CLOSE, DONE, probe, DONE))))
        .isEqualTo(Reason.PlanUnknown);
  }

  /** Who reads the events is not told that nobody is in while access is given again. */
  @Test
  void accessThatIsGivenAgainIsToldBeforeItIsGiven() {
    Work.Finding policy = finding(ConditionType.RuntimeEnforced, Reason.PolicyMissing);
    Work lost = new Work(List.of(CLOSE), List.of(policy), Sandboxes.NONE, policy);
    Tenant closed = look(opened(), lost, Map.of(CLOSE, DONE));

    Tenant begun = Assessment.begun(closed, NOW);

    assertThat(access(closed)).isEqualTo(Reason.AccessClosed);
    assertThat(access(begun)).isEqualTo(Reason.Provisioning);
    assertThat(Assessment.step(closed, begun)).contains(StepType.DEGRADED);
    assertThat(Assessment.begun(begun, NOW)).isEqualTo(begun);
    assertThat(Assessment.begun(opened(), NOW)).isEqualTo(opened());
  }

  private static Work.Finding finding(ConditionType type, Reason reason) {
    return new Work.Finding(type, reason, reason.name());
  }

  private static Tenant look(Tenant tenant, Work work, Map<Operation, Outcome> outcomes) {
    return Assessment.of(tenant, work, outcomes, NOW).tenant();
  }

  private static Reason access(Tenant tenant) {
    return tenant.status().conditions().get(ConditionType.AccessReady).orElseThrow().reason();
  }

  private static Resource.RoleBinding binding(List<Subject> subjects) {
    return new Resource.RoleBinding("tenant-acme", "berth-owner", "berth-tenant-admin", subjects);
  }

  private static Reason headline(Tenant tenant) {
    return tenant.status().conditions().headline().orElseThrow().reason();
  }

  private static Tenant opened() {
    Operation open = new Operation.Apply(binding(OWNERS), null, List.of());
    Work.Finding proven = finding(ConditionType.RuntimeEnforced, Reason.Verified);
    Work work = new Work(List.of(open), List.of(proven), Sandboxes.NONE);
    return look(accepted(), work, Map.of(open, DONE));
  }

  private static Tenant accepted() {
    TenantSpec spec =
        new TenantSpec(
            1, new PlanRef("team", null), "Acme", OWNERS, List.of(), Map.of(), null, null, "{}");
    TenantRequest request =
        new TenantRequest.Upsert(new TenantId("acme"), TenantRequest.Origin.CREATED, spec);
    Admission.Surroundings around =
        new Admission.Surroundings(
            new PlanVersion("team", 2), null, new Cause("c", "e", null), NOW);
    return ((Admission.Decision.Applied)
            new Admission("local", 1_000_000, Duration.ZERO).decide(null, request, around))
        .tenant();
  }
}
