package dev.berth.provisioning.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.event.outgoing.StepType;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import dev.berth.plan.Work;
import dev.berth.provisioning.Pieces;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A tenant is said to be frozen once the API server has shown that nobody is in, and not before.
 */
class FrozenTest {

  private static final Outcome DONE = new Outcome.Done(null);
  private static final Outcome DOWN = new Outcome.Retryable(Reason.ApiUnavailable, "down");
  private static final Resource.RoleBinding NOBODY =
      new Resource.RoleBinding("tenant-acme", "berth-owner", "owner", List.of());
  private static final Operation CLOSE =
      new Operation.Revoke("tenant-acme", List.of(NOBODY), Map.of(), List.of());
  private static final Operation EMPTY = new Operation.Close(NOBODY, null, List.of());
  private static final Operation QUOTA =
      new Operation.Verify("tenant-acme", new Operation.Proof.QuotaBinds(), List.of());
  private static final Work WORK =
      new Work(List.of(CLOSE, QUOTA, EMPTY), List.of(), Sandboxes.NONE);

  private final Pieces pieces = new Pieces();
  private final Tenant accepted =
      pieces
          .accepted("acme")
          .with(List.of(new TenantNamespace("", "tenant-acme", UUID.randomUUID(), null)));
  private final Tenant open = opened(accepted);
  private final Tenant frozen = open.ordered(open.orders().frozen(true));

  @Test
  void nothingIsSaidBeforeTheApiServerHasAnswered() {
    Tenant unread = look(frozen, Map.of(CLOSE, DOWN, QUOTA, DONE, EMPTY, DONE));
    Tenant read = look(unread, Map.of(CLOSE, DONE, QUOTA, DONE, EMPTY, DONE));

    assertThat(unread).as("as in any outage").isEqualTo(frozen);
    assertThat(access(read)).isEqualTo(Reason.AccessFrozen);
    assertThat(read.status().conditions().headline().orElseThrow().reason())
        .isEqualTo(Reason.AccessFrozen);
    assertThat(read.phase()).isEqualTo(Phase.DEGRADED);
    assertThat(Assessment.step(unread, read)).contains(StepType.DEGRADED);
    assertThat(Assessment.step(read, look(read, Map.of(CLOSE, DONE)))).as("told once").isEmpty();
  }

  @Test
  void whatElseHoldsTheTenantBackIsSaidBesideIt() {
    Tenant read = look(frozen, Map.of(CLOSE, DONE, QUOTA, DOWN));

    assertThat(access(read)).isEqualTo(Reason.AccessFrozen);
    assertThat(read.status().conditions().get(ConditionType.QuotaReady).orElseThrow().reason())
        .isEqualTo(Reason.ApiUnavailable);
  }

  @Test
  void aTenantThatWasNeverOpenedIsBlockedWhereverNobodyCanBeIn() {
    Tenant never = accepted.ordered(accepted.orders().frozen(true));
    Tenant nowhere = never.with(List.<TenantNamespace>of());

    assertThat(look(never, Map.of(EMPTY, DONE)).phase())
        .as("its namespace was not read yet")
        .isEqualTo(Phase.PROVISIONING);
    assertThat(look(never, Map.of(CLOSE, DONE)).phase()).isEqualTo(Phase.BLOCKED);
    assertThat(look(nowhere, Map.of()).phase()).isEqualTo(Phase.BLOCKED);
    assertThat(access(look(nowhere, Map.of()))).isEqualTo(Reason.AccessFrozen);
  }

  @Test
  void aNamespaceThatWasMadeJustNowIsReadBeforeAnythingIsSaid() {
    Tenant grown =
        frozen.with(
            List.of(
                frozen.namespaces().getFirst(),
                new TenantNamespace("jobs", "tenant-acme--jobs", UUID.randomUUID(), null)));

    assertThat(access(look(grown, Map.of(CLOSE, DONE, EMPTY, DONE))))
        .isNotEqualTo(Reason.AccessFrozen);
  }

  @Test
  void oneThatLeavesIsNotHeldBackByIt() {
    Tenant leaving = pieces.offboarded(frozen);

    Tenant gone = look(leaving, Map.of(CLOSE, DONE));
    assertThat(gone.phase()).isEqualTo(Phase.OFFBOARDED);
  }

  @Test
  void thatAccessIsGivenBackIsToldBeforeItIsGiven() {
    Tenant read = look(frozen, Map.of(CLOSE, DONE));
    Tenant unfrozen = read.ordered(read.orders().frozen(false));

    assertThat(Assessment.begun(read, pieces.clock.instant())).isEqualTo(read);
    Tenant begun = Assessment.begun(unfrozen, pieces.clock.instant());
    assertThat(access(begun)).isEqualTo(Reason.Provisioning);
    assertThat(Assessment.step(unfrozen, begun)).contains(StepType.DEGRADED);
  }

  @Test
  void anOrderFencesWhatIsUnderWayAndEndsWithTheLife() {
    assertThat(frozen.revision()).isEqualTo(open.revision() + 1);
    assertThat(frozen.revised(frozen.desired(), frozen.cause()).isFrozen()).isTrue();
    assertThat(frozen.with(frozen.namespaces()).isFrozen()).isTrue();
    assertThat(frozen.reborn(frozen.desired(), frozen.cause()).isFrozen()).isFalse();
  }

  private Tenant look(Tenant tenant, Map<Operation, Outcome> outcomes) {
    return Assessment.of(tenant, WORK, outcomes, pieces.clock.instant()).tenant();
  }

  private Tenant opened(Tenant tenant) {
    Condition ready =
        Condition.of(ConditionType.Ready, Reason.Provisioned, "", 1, pieces.clock.instant());
    Condition access =
        Condition.of(ConditionType.AccessReady, Reason.Applied, "", 1, pieces.clock.instant());
    return tenant.with(
        tenant.status().with(ready, access).reached(1, new PlanVersion("starter", 1)));
  }

  private static Reason access(Tenant tenant) {
    return tenant.status().conditions().get(ConditionType.AccessReady).orElseThrow().reason();
  }
}
