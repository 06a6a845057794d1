package dev.berth.plan.capacity;

import static dev.berth.plan.Samples.MEBI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.Plans;
import dev.berth.plan.Plan;
import dev.berth.plan.Samples;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work;
import dev.berth.plan.capacity.Placement.Ceiling;
import dev.berth.plan.capacity.Placement.Line;
import dev.berth.tenant.condition.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two nodes with 12800Mi and 7820m each; a sandbox of the plan takes 512Mi + 600Mi and 500m. */
class PlacementTest {

  private static final Line NOBODY = new Line(Room.NONE, 0, Room.NONE, 0);
  private static final Ceiling EXACT = new Ceiling(1, Long.MAX_VALUE);
  private static final long ONE = 1112 * MEBI;

  private final Plan plan = Plans.sample("team");
  private final SandboxClass runtime = Samples.runtime(600 * MEBI, 0);

  @Test
  void asManyAsTheNodesHaveMemoryForFindRoom() {
    assertThat(want(23).waits(NOBODY, EXACT)).isEmpty();
    assertThat(want(24).waits(NOBODY, EXACT))
        .hasValueSatisfying(why -> {
          assertThat(why.reason()).isEqualTo(Reason.NoRoom);
          assertThat(why.message())
              .startsWith("position 1 on the waiting list: 24 sandboxes of plan team@2")
              .contains("take 26688Mi memory, 12 cpu, 24 pods")
              .contains(
                  "its 2 Ready nodes have 25Gi memory, 15640m cpu, 500 pods, so 1088Mi memory is missing");
        });
  }

  @Test
  void whatOthersTookIsNotGivenAgain() {
    Line line = new Line(new Room(20 * ONE, 10_000, 20), 0, Room.NONE, 0);

    assertThat(want(3).waits(line, EXACT)).isEmpty();
    assertThat(want(4).waits(line, EXACT)).isPresent();
  }

  @Test
  void cpuAndPodsAreRoomAsWell() {
    Line cpu = new Line(new Room(0, 15_600, 0), 0, Room.NONE, 0);
    Line pods = new Line(new Room(0, 0, 500), 0, Room.NONE, 0);

    assertThat(message(want(1).waits(cpu, EXACT)))
        .contains(
            "others take 15600m cpu and leave 25Gi memory, 40m cpu, 500 pods, so 460m cpu is missing");
    assertThat(message(want(1).waits(pods, EXACT)))
        .contains("others take 500 pods and leave 25Gi memory, 15640m cpu, so 1 pod is missing");
  }

  @Test
  void whoCameBeforeIsServedFirst() {
    Line line = new Line(Room.NONE, 2, new Room(22 * ONE, 11_000, 22), 0);

    assertThat(want(1).waits(line, EXACT)).isEmpty();
    assertThat(message(want(2).waits(line, EXACT)))
        .startsWith("position 3 on the waiting list")
        .contains("2 tenants ahead of it wait for");

    Line second = new Line(Room.NONE, 1, new Room(22 * ONE, 11_000, 22), 0);
    assertThat(message(want(2).waits(second, EXACT))).contains("1 tenant ahead of it waits for");
  }

  @Test
  void overcommitPromisesMoreThanTheNodesHave() {
    assertThat(want(46).waits(NOBODY, new Ceiling(2, Long.MAX_VALUE))).isEmpty();
    assertThat(want(47).waits(NOBODY, new Ceiling(2, Long.MAX_VALUE))).isPresent();
  }

  @Test
  void onlySoManySandboxesStartAtOncePerNode() {
    Ceiling three = new Ceiling(1, 3);
    Line four = new Line(new Room(4 * ONE, 2000, 4), 0, Room.NONE, 4);

    assertThat(want(2).waits(four, three)).isEmpty();
    assertThat(want(3).waits(four, three))
        .hasValueSatisfying(why -> {
          assertThat(why.reason()).isEqualTo(Reason.TooManyStarts);
          assertThat(why.message()).contains("2 Ready nodes start 6 at once");
        });
  }

  @Test
  void aTenantLargerThanAllStartsBeginsWhenNobodyElseDoes() {
    assertThat(want(20).waits(NOBODY, new Ceiling(1, 3))).isEmpty();
  }

  @Test
  void whoAsksForMoreNeedsRoomForTheWholeAndStartsTheRest() {
    Placement more = Placement.of(plan, runtime, new Room(5 * ONE, 2500, 5), 6);
    Line line = new Line(new Room(10 * ONE, 5000, 10), 0, Room.NONE, 5);

    assertThat(more.waits(line, new Ceiling(1, 3))).isEmpty();
  }

  /** L2. */
  @Test
  void whoNeedsMoreThanThereIsWithNobodyElseOnTheNodesNeverFits() {
    assertThat(want(23).neverFits(runtime.nodes(), EXACT)).isEmpty();
    assertThat(want(24).neverFits(runtime.nodes(), EXACT))
        .hasValueSatisfying(why -> {
          assertThat(why.reason()).isEqualTo(Reason.PoolTooSmall);
          assertThat(why.message())
              .contains("all 2 nodes that it has or may get have 25Gi memory")
              .contains("so 1088Mi memory is missing");
        });
    assertThat(want(24).neverFits(runtime.nodes(), new Ceiling(2, 1))).isEmpty();
  }

  @Test
  void whatATenantGivesUpIsKeptAsFarAsItStandsOrMayCome() {
    Placement less = Placement.of(plan, runtime, room(5), 2);

    assertThat(less.keeping(Optional.of(usage(5, 0))).wanted()).isEqualTo(room(5));
    assertThat(less.keeping(Optional.of(usage(2, 4))).wanted()).isEqualTo(room(4));
    assertThat(less.keeping(Optional.of(usage(2, 1))).wanted()).isEqualTo(room(2));
    assertThat(less.keeping(Optional.empty()).wanted()).as("not known").isEqualTo(room(5));
  }

  @Test
  void onlyWhatRunsIsOverTheGrant() {
    Placement less = Placement.of(plan, runtime, room(5), 2);

    assertThat(less.overGrant(usage(5, 2))).isEmpty();
    assertThat(less.overGrant(usage(2, 3)))
        .hasValueSatisfying(over -> {
          assertThat(over.reason()).isEqualTo(Reason.OverGrant);
          assertThat(over.message()).contains("take 3336Mi memory").contains("granted 2224Mi");
        });
  }

  @Test
  void aQuotaFreesRoomWhereLessIsEnforcedOrLessRuns() {
    assertThat(usage(5, 3).frees(usage(5, 5))).as("pods may come again").isFalse();
    assertThat(usage(2, 5).frees(usage(5, 5))).as("they still run").isFalse();
    assertThat(usage(2, 4).frees(usage(2, 5))).isTrue();
    assertThat(usage(2, 0).frees(usage(5, 0))).isTrue();
    assertThat(usage(5, 0).frees(usage(2, 0))).isFalse();
  }

  private static Usage usage(int enforced, int used) {
    return new Usage(room(enforced), room(used));
  }

  private static Room room(int sandboxes) {
    return new Room(sandboxes * ONE, sandboxes * 500L, sandboxes);
  }

  private Placement want(int sandboxes) {
    return Placement.of(plan, runtime, Room.NONE, sandboxes);
  }

  private static String message(Optional<Work.Finding> why) {
    return why.orElseThrow().message();
  }
}
