package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.Plans;
import dev.berth.plan.Overhead;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.capacity.Footprint;
import dev.berth.plan.capacity.Room;
import dev.berth.plan.capacity.Usage;
import dev.berth.provisioning.Pieces;
import dev.berth.provisioning.pools.PoolLines;
import dev.berth.provisioning.work.Placing.Grant;
import dev.berth.store.tenants.Placements;
import dev.berth.store.tenants.PlacementsInMemory;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who is given room, and who waits for it. */
class PlacingTest {

  private static final Plan STARTER = Plans.sample("starter");

  private final Pieces pieces =
      new Pieces(
          Map.of("berth.capacity.starts-per-node", "2", "berth.capacity.start-window", "30s"));
  private final PlacementsInMemory placements = new PlacementsInMemory();
  private final Map<String, Usage> quotas = new HashMap<>();
  private final Placing placing = placing(placements, this::usage, pieces);
  private final Tenant inside = pieces.accepted("inside");
  private final Tenant first = pieces.accepted("first");
  private final Tenant second = pieces.accepted("second");

  /** Where nothing is known of quotas, and no node pool can grow. */
  static Placing placing(Placements placements, Pieces pieces) {
    return placing(placements, namespace -> Optional.empty(), pieces);
  }

  private static Placing placing(Placements placements, Usage.Quotas quotas, Pieces pieces) {
    return new Placing(placements, quotas, PoolLines.off(), pieces.config, pieces.clock);
  }

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
  void whoNoLongerWantsMoreLeavesTheLine() {
    List.of(inside, first).forEach(tenant -> apply(tenant, 4));
    assertWaits(placing.apply(first, STARTER, kata("a", 4), 3), Reason.NoRoom, "position 1 ");
    assertGiven(apply(first, 4));
    assertThat(placements.waiting()).isEmpty();
  }

  /** L1. */
  @Test
  void whatRunsBeyondALowerGrantIsTakenUntilItIsGone() {
    Tenant standing = standing();
    apply(standing, 8);
    quotas.put("tenant-first", new Usage(room(1), room(2)));

    Grant over = placing.apply(standing, STARTER, kata("a", 8), 1);

    assertThat(over)
        .isInstanceOfSatisfying(
            Grant.Given.class,
            given -> {
              assertThat(given.keepsMore()).isTrue();
              assertThat(given.over().reason()).isEqualTo(Reason.OverGrant);
              assertThat(given.over().message())
                  .startsWith(
                      "its pods take 1712Mi memory, 500m cpu, 2 pods and it is granted 856Mi");
            });
    assertThat(placements.held(first.id())).contains(room(2));
    assertWaits(apply(second, 3), Reason.NoRoom, "position 1 ");

    quotas.put("tenant-first", new Usage(room(1), room(0)));

    assertGiven(placing.apply(standing, STARTER, kata("a", 8), 1));
    assertThat(placements.held(first.id())).contains(room(1));
    assertGiven(apply(second, 3));
  }

  /** L1: pods may still come up to the quota that is enforced. */
  @Test
  void roomIsGivenUpOnlyOnceTheLowerQuotaIsEnforced() {
    Tenant standing = standing();
    apply(standing, 8);
    quotas.put("tenant-first", new Usage(room(2), room(0)));

    assertThat(placing.apply(standing, STARTER, kata("a", 8), 1))
        .isEqualTo(new Grant.Given(true, null));
    assertThat(placements.held(first.id())).contains(room(2));
  }

  @Test
  void whoseUsageIsNotKnownKeepsWhatItHas() {
    Tenant standing = standing();
    apply(standing, 8);

    assertThat(placing.apply(standing, STARTER, kata("a", 8), 1))
        .isEqualTo(new Grant.Given(true, null));
    assertThat(placements.held(first.id())).contains(room(2));
  }

  @Test
  void whereThereIsTooLittleTheTenantWaits() {
    apply(inside, 2);

    assertWaits(apply(first, 2), Reason.NoRoom, "position 1 ");

    assertThat(placements.waiting()).containsExactly(first.id());
    assertThat(placements.held(first.id())).isEmpty();
  }

  /** L2. */
  @Test
  void whoCouldNeverFitDoesNotWaitAndHoldsUpNobody() {
    apply(inside, 3);
    apply(first, 3);
    assertThat(placements.waiting()).containsExactly(first.id());

    Grant never = placing.apply(first, STARTER, kata("a", 3), 5);

    assertThat(never)
        .isInstanceOfSatisfying(
            Grant.Withheld.class,
            withheld -> {
              assertThat(withheld.why().reason()).isEqualTo(Reason.PoolTooSmall);
              assertThat(withheld.why().message())
                  .startsWith("5 sandboxes of plan starter@1")
                  .contains("all 1 nodes that it has or may get have 3Gi memory")
                  .contains("so 1208Mi memory is missing");
            });
    assertThat(placements.waiting()).isEmpty();
    assertGiven(placing.apply(second, STARTER, kata("a", 3), 1));
    assertGiven(placing.apply(first, STARTER, kata("a", 8), 5));
  }

  @Test
  void nobodyIsServedBeforeThoseAhead() {
    apply(inside, 2);
    apply(first, 2);

    assertWaits(apply(second, 8), Reason.NoRoom, "position 2 ");
    assertGiven(apply(first, 8));
    assertGiven(apply(second, 8));
  }

  @Test
  void whoIsBehindLearnsItsPositionWithoutTheLock() {
    apply(inside, 2);
    apply(first, 2);
    apply(second, 2);
    int locks = placements.locks();

    assertWaits(apply(second, 2), Reason.NoRoom, "position 2 ");
    assertThat(placements.locks()).isEqualTo(locks);
  }

  /** L2. */
  @Test
  void whoIsBehindIsToldWhoIsFirstAndWhatIsFree() {
    apply(inside, 2);
    apply(first, 2);

    assertWaits(
        apply(second, 2),
        Reason.NoRoom,
        "position 2 on the waiting list: tenant first is first and waits to have 1712Mi memory, 500m cpu, 2 pods, free now"
            + " is 336Mi memory, 7500m cpu, 98 pods; ");
    int sums = placements.sums();
    apply(second, 2);
    assertThat(placements.sums()).as("summed up once for all who wait").isEqualTo(sums);
    pieces.clock.goesOn(Duration.ofSeconds(6));
    apply(second, 2);
    assertThat(placements.sums()).isEqualTo(sums + 1);
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
    apply(inside, 2);

    Grant grant = placing.apply(opened(), STARTER, kata("b", 2), 2);

    assertWaits(grant, Reason.NoRoom, "position 1 ");
  }

  @Test
  void whoIsHeldBackByMoreThanRoomLeavesTheWaitingListInWhateverPhase() {
    apply(inside, 2);
    apply(first, 2);
    assertThat(placements.waiting()).containsExactly(first.id());

    placing.leaveWaitingList(first);
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

  /** With a namespace, and room. */
  private Tenant standing() {
    return first.with(List.of(new TenantNamespace("", "tenant-first", UUID.randomUUID(), "uid")));
  }

  private Optional<Usage> usage(String namespace) {
    return Optional.ofNullable(quotas.get(namespace));
  }

  private static Room room(int sandboxes) {
    return Room.of(Footprint.of(STARTER.sandbox(), kata("a", 8)), sandboxes);
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
            Grant.Withheld.class,
            waiting -> {
              assertThat(waiting.why().reason()).isEqualTo(reason);
              assertThat(waiting.why().message()).startsWith(message);
            });
  }
}
