package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.Plans;
import dev.berth.plan.Overhead;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.provisioning.Pieces;
import dev.berth.provisioning.work.Placing.Grant;
import dev.berth.store.tenants.PlacementsInMemory;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is given room, and who waits for it. */
class PlacingTest {

  private static final Plan STARTER = Plans.sample("starter");

  private final Pieces pieces =
      new Pieces(
          Map.of("berth.capacity.starts-per-node", "2", "berth.capacity.start-window", "30s"));
  private final PlacementsInMemory placements = new PlacementsInMemory();
  private final Placing placing = new Placing(placements, pieces.config);
  private final Tenant first = pieces.accepted("first");
  private final Tenant second = pieces.accepted("second");

  @Test
  void roomIsGivenUnderTheLock() {
    assertGiven(apply(first, 8));

    assertThat(placements.locks()).isEqualTo(1);
    assertThat(placements.held(first.id())).get().extracting("sandboxes").isEqualTo(2L);
  }

  @Test
  void whoHasItsRoomIsGivenItWithoutTheLock() {
    apply(first, 8);

    assertGiven(apply(first, 0));
    assertThat(placements.locks()).isEqualTo(1);
  }

  @Test
  void whoAsksForLessIsGivenItWithoutTheLock() {
    apply(first, 8);

    assertGiven(placing.apply(first, STARTER, kata("a", 0), 1));
    assertThat(placements.locks()).isEqualTo(1);
    assertThat(placements.held(first.id())).get().extracting("sandboxes").isEqualTo(1L);
  }

  @Test
  void whereThereIsTooLittleTheTenantWaits() {
    assertWaits(apply(first, 1), Reason.NoRoom, "position 1 ");

    assertThat(placements.waiting()).containsExactly(first.id());
    assertThat(placements.held(first.id())).isEmpty();
  }

  @Test
  void nobodyIsServedBeforeThoseAhead() {
    apply(first, 1);

    assertWaits(apply(second, 8), Reason.NoRoom, "position 2 ");
    assertGiven(apply(first, 8));
    assertGiven(apply(second, 8));
  }

  @Test
  void whoIsBehindLearnsItsPositionWithoutTheLock() {
    apply(first, 1);
    apply(second, 1);
    int locks = placements.locks();

    assertWaits(apply(second, 1), Reason.NoRoom, "position 2 ");
    assertThat(placements.locks()).isEqualTo(locks);
  }

  @Test
  void whereTooManyStartTheFirstIsWokenWhenTheyHaveStarted() {
    placements.starting(2);

    assertWaits(apply(first, 8), Reason.TooManyStarts, "position 1 ");
    assertThat(placements.wakeUps()).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void whoWasOpenedBeforeRoomWasCountedKeepsItsPlace() {
    assertGiven(placing.apply(opened(), STARTER, kata("a", 0), 2));
    assertThat(placements.held(first.id())).isPresent();
  }

  /** G9. */
  @Test
  void aMoveToAnotherClassAsksForRoomAsANewTenantDoes() {
    Grant grant = placing.apply(opened(), STARTER, kata("b", 1), 2);

    assertWaits(grant, Reason.NoRoom, "position 1 ");
  }

  @Test
  void onlyWhoIsOnTheWaitingListLeavesIt() {
    apply(first, 1);
    placing.leaveWaitingList(first, STARTER);
    assertThat(placements.waiting()).containsExactly(first.id());

    placing.leaveWaitingList(
        first.with(Condition.of(ConditionType.Ready, Reason.NoRoom, "", 1, pieces.clock.instant())),
        STARTER);
    assertThat(placements.waiting()).isEmpty();
  }

  @Test
  void whoTakesNothingAnyMoreGivesItsRoomBack() {
    apply(first, 8);

    placing.release(first);

    assertThat(placements.held(first.id())).isEmpty();
  }

  private Grant apply(Tenant tenant, long gibi) {
    return placing.apply(tenant, STARTER, kata("a", gibi), 2);
  }

  private Tenant opened() {
    return first.with(first.status().reached(1, STARTER.id()).movingTo("a", "kata"));
  }

  private static SandboxClass kata(String name, long gibi) {
    return new SandboxClass(
        name,
        "kata",
        new Overhead(600L << 20, 0),
        new SandboxClass.Places(
            Map.of(),
            List.of(),
            List.of(new SandboxClass.Nodes(1, gibi << 30, 8000, 100)),
            List.of()),
        SandboxClass.Canary.DEFAULTS);
  }

  private static void assertGiven(Grant grant) {
    assertThat(grant).isInstanceOf(Grant.Given.class);
  }

  private static void assertWaits(Grant grant, Reason reason, String message) {
    assertThat(grant)
        .isInstanceOfSatisfying(
            Grant.Waitlisted.class,
            waiting -> {
              assertThat(waiting.why().reason()).isEqualTo(reason);
              assertThat(waiting.why().message()).startsWith(message);
            });
  }
}
