package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Operation;
import dev.berth.plan.Recorded;
import dev.berth.plan.Samples;
import dev.berth.plan.Work.Finding;
import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import dev.berth.plan.decide.Planner;
import dev.berth.provisioning.Pieces;
import dev.berth.provisioning.pools.PoolLines;
import dev.berth.provisioning.work.Planning.Planned;
import dev.berth.store.tenants.Claim;
import dev.berth.store.tenants.Placements.Applicant;
import dev.berth.store.tenants.PlacementsInMemory;
import dev.berth.tenant.Desired;
import dev.berth.tenant.Desired.Move;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanningTest {

  private final Pieces pieces = new Pieces();
  private final PlacementsInMemory placements = new PlacementsInMemory();
  private final Planning planning =
      new Planning(
          new Planner(), pieces.plans, PlacingTest.placing(placements, pieces), PoolLines.off());
  private final Tenant tenant = pieces.accepted("acme");

  @Test
  void whatIsToBeRememberedBeforeTheFirstOperationIsThere() {
    Planned planned = plan(tenant);

    assertThat(planned.tenant().desired().plan()).isEqualTo(new PlanVersion("starter", 1));
    assertThat(planned.tenant().status().runtimes())
        .extracting(RuntimeClass::name)
        .containsExactly("kata-vm-isolation");
    assertThat(planned.tenant().namespaces())
        .extracting(TenantNamespace::namespace)
        .containsExactly("tenant-acme");
    assertThat(planned.work().operations()).isNotEmpty();
    assertThat(placements.held(tenant.id())).isPresent();
  }

  @Test
  void aNamespaceThatIsRememberedKeepsItsProvisioningId() {
    TenantNamespace known = new TenantNamespace("", "tenant-acme", UUID.randomUUID(), null);

    assertThat(plan(tenant.with(List.of(known))).tenant().namespaces()).containsExactly(known);
  }

  @Test
  void aNamespaceThatThePlanDroppedIsRememberedAsLeaving() {
    TenantNamespace dropped =
        new TenantNamespace("jobs", "tenant-acme--jobs", UUID.randomUUID(), "uid");

    assertThat(plan(tenant.with(List.of(dropped))).tenant().namespaces())
        .contains(dropped.dropped());
  }

  @Test
  void whoMustWaitForRoomGetsNothing() {
    placements.await(new Applicant(new TenantId("before"), new Pool("pool"), 20), room());

    Planned planned = plan(tenant);

    assertThat(planned.work().operations()).noneMatch(Operation.Apply.class::isInstance);
    assertHeld(planned, Reason.NoRoom);
    assertThat(planned.tenant().status().runtimes()).isEmpty();
  }

  @Test
  void whoIsBlockedLeavesTheWaitingList() {
    placements.await(new Applicant(tenant.id(), new Pool("pool"), 20), room());
    Condition waits =
        Condition.of(ConditionType.Ready, Reason.NoRoom, "", 1, pieces.clock.instant());

    planning.plan(claim(tenant.with(waits)), ClusterFacts.UNKNOWN);

    assertThat(placements.waiting()).isEmpty();
    assertThat(placements.held(tenant.id())).isEmpty();
  }

  @Test
  void whoWasWithdrawnLeavesTheWaitingListUntilAnEventComes() {
    placements.await(new Applicant(tenant.id(), new Pool("pool"), 20), room());
    Tenant withdrawn = tenant.ordered(tenant.orders().withdrawn(true));

    Planned planned = plan(withdrawn);
    Tenant changed = withdrawn.revised(withdrawn.desired(), tenant.cause());

    assertHeld(planned, Reason.Withdrawn);
    assertThat(placements.waiting()).isEmpty();
    assertThat(placements.held(tenant.id())).isEmpty();
    assertThat(plan(changed).work().isBlocked()).isFalse();
    assertThat(placements.held(tenant.id())).isPresent();
  }

  @Test
  void whoWasWithdrawnWhileItWasGivenRoomGivesItBackUnlessItIsOpen() {
    plan(tenant);
    assertThat(placements.held(tenant.id()).orElseThrow().sandboxes()).isPositive();
    Tenant withdrawn = tenant.ordered(tenant.orders().withdrawn(true));

    plan(withdrawn.with(withdrawn.status().reached(1, new PlanVersion("starter", 1))));
    assertThat(placements.held(tenant.id()).orElseThrow().sandboxes()).isPositive();

    plan(withdrawn);
    assertThat(placements.held(tenant.id())).contains(Room.NONE);
  }

  @Test
  void anOrderToMoveIsRememberedWithThePlanThatItHoldsFor() {
    Move order =
        new Move(
            new RuntimeClass("kata-vm-isolation", null),
            null,
            UUID.randomUUID(),
            "alice",
            pieces.clock.instant());

    assertThat(plan(tenant.ordered(tenant.orders().moved(order))).tenant().orders().move())
        .isEqualTo(
            order.found(
                new RuntimeClass("kata-vm-isolation", "kata"), new PlanVersion("starter", 1)));
  }

  @Test
  void aPlanThatIsNotInTheCatalogueBlocks() {
    assertHeld(plan(tenant.with(wanting("gold", null))), Reason.PlanUnknown);
  }

  @Test
  void aNumberOfSandboxesBeyondThePlanBlocks() {
    assertHeld(plan(tenant.with(wanting("starter", 99))), Reason.SandboxesOutOfBounds);
  }

  @Test
  void whoLeavesNeedsNeitherAPlanNorFacts() {
    Tenant leaving =
        pieces
            .offboarded(tenant.with(wanting("gold", null)))
            .with(List.of(new TenantNamespace("", "tenant-acme", UUID.randomUUID(), "uid")));

    Planned planned = planning.plan(claim(leaving), ClusterFacts.UNKNOWN);

    assertThat(planned.tenant()).isEqualTo(leaving);
    assertThat(planned.work().operations()).last().isInstanceOf(Operation.Delete.class);
  }

  private Planned plan(Tenant claimed) {
    return planning.plan(claim(claimed), Samples.healthy());
  }

  private static Claim claim(Tenant claimed) {
    return new Claim(claimed, 1, Recorded.NOTHING, false);
  }

  private static Room room() {
    return new Room(1, 1, 1);
  }

  private static Desired wanting(String plan, @Nullable Integer sandboxes) {
    TenantSpec spec =
        new TenantSpec(
            1, new PlanRef(plan, 1), "", List.of(), List.of(), Map.of(), sandboxes, null, "{}");
    return new Desired(Desired.Mode.ACTIVE, 1, spec, null, null);
  }

  private static void assertHeld(Planned planned, Reason reason) {
    assertThat(planned.work().isBlocked()).isTrue();
    assertThat(planned.work().findings()).extracting(Finding::reason).contains(reason);
  }
}
