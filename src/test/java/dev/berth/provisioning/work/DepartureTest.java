package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Recorded;
import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import dev.berth.provisioning.Pieces;
import dev.berth.provisioning.actions.NothingAsked;
import dev.berth.store.tenants.Claim;
import dev.berth.store.tenants.Placements.Applicant;
import dev.berth.store.tenants.PlacementsInMemory;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DepartureTest {

  private final Pieces pieces = new Pieces();
  private final PlacementsInMemory placements = new PlacementsInMemory();
  private final NothingAsked settlement = new NothingAsked();
  private final Departure departure =
      new Departure(
          settlement, PlacingTest.placing(placements, pieces), pieces.plans, pieces.clock);
  private final Tenant tenant = pieces.accepted("acme");
  private final Claim claim = new Claim(tenant, 1, Recorded.NOTHING, false);

  @BeforeEach
  void takesRoom() {
    placements.place(new Applicant(tenant.id(), new Pool("pool"), 20), new Room(1, 1, 1));
  }

  @Test
  void whoStaysOrIsLeavingKeepsItsRoom() {
    Tenant leaving = pieces.offboarded(tenant);

    assertThat(departure.follow(tenant)).isEqualTo(tenant);
    assertThat(departure.follow(leaving)).isEqualTo(leaving);
    assertThat(placements.held(tenant.id())).isPresent();
  }

  @Test
  void whoIsGoneGivesItsRoomBack() {
    Tenant gone = gone(pieces.offboarded(tenant));

    assertThat(departure.follow(gone)).isEqualTo(gone);
    assertThat(placements.held(tenant.id())).isEmpty();
  }

  @Test
  void aSnapshotThatWaitedForTheEndBeginsTheNextIncarnation() {
    Tenant leaving = pieces.offboarded(tenant);
    TenantSpec next = tenant.desired().spec();
    Desired wanted = new Desired(Desired.Mode.OFFBOARDED, 3, next, leaving.desired().plan(), next);

    Tenant reborn = departure.follow(gone(leaving.with(wanted)));

    assertThat(reborn.incarnation()).isEqualTo(2);
    assertThat(reborn.phase()).isEqualTo(Phase.ACCEPTED);
    assertThat(reborn.desired().plan()).isEqualTo(new PlanVersion("starter", 1));
  }

  @Test
  void whatWasAskedForBeforeTheClaimIsOver() {
    departure.settle(claim, tenant);

    assertThat(settlement.claims()).containsExactly(claim);
  }

  private Tenant gone(Tenant leaving) {
    return leaving.with(
        Condition.of(
            ConditionType.Offboarding, Reason.Offboarded, "gone", 2, pieces.clock.instant()));
  }
}
