package dev.berth.plan.decide;

import static dev.berth.plan.Samples.MEBI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.catalogue.Plans;
import dev.berth.plan.ClusterAdmission;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.Overhead;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Nodes;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Status;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** G5, G9: the class of a tenant is the one recorded for it, as long as nobody means otherwise. */
class ChosenClassTest {

  private static final Plan STARTER = Plans.sample("starter");
  private static final Nodes NODES = new Nodes(2, 12_800 * MEBI, 7820, 250);
  private static final SandboxClass EMPTY = kata("a", "kata");
  private static final SandboxClass OTHER = kata("b", "kata", NODES);

  @Test
  void itStaysAlthoughAnotherClassHasNodes() {
    assertThat(chosen(onA(STARTER.id()), Map.of(), EMPTY, OTHER).sandbox()).isEqualTo(EMPTY);
  }

  @Test
  void whereItIsGoneOrIsAnotherOneNothingTakesItsPlace() {
    ChosenClass gone = chosen(onA(STARTER.id()), Map.of(), OTHER);
    ChosenClass altered = chosen(onA(STARTER.id()), Map.of(), kata("a", "runc", NODES), OTHER);

    assertThat(gone.sandbox()).isNull();
    assertThat(gone.fault().reason()).isEqualTo(Reason.RuntimeClassMissing);
    assertThat(gone.fault().message()).contains("RuntimeClass a with handler kata");
    assertThat(altered.sandbox()).isNull();
    assertThat(altered.fault().reason()).isEqualTo(Reason.RuntimeClassAltered);
    assertThat(altered.fault().message()).contains("RuntimeClass a has handler runc");
  }

  @Test
  void anotherPlanIsPutIntoTheClassThatIsBestNow() {
    Status status = onA(new PlanVersion("team", 1));

    assertThat(chosen(status, Map.of(), EMPTY, OTHER).sandbox()).isEqualTo(OTHER);
  }

  @Test
  void anOperatorMovesItOnceTheOtherClassIsThere() {
    Status status = onA(STARTER.id());
    Map<String, String> move = Map.of("a", "b");

    assertThat(chosen(status, move, EMPTY).sandbox()).isEqualTo(EMPTY);
    assertThat(chosen(status, move, EMPTY, OTHER).sandbox()).isEqualTo(OTHER);
    assertThat(chosen(status, move, OTHER).sandbox()).isEqualTo(OTHER);
    assertThat(chosen(status.movingTo("b", "kata"), move, EMPTY, OTHER).sandbox()).isEqualTo(OTHER);
  }

  @Test
  void anAlteredClassIsTakenWhereAnOperatorMovesItsTenantsToIt() {
    SandboxClass altered = kata("a", "kata-clh", NODES);

    assertThat(chosen(onA(STARTER.id()), Map.of("a", "a"), altered).sandbox()).isEqualTo(altered);
  }

  @Test
  void movesThatWouldGoOnAndOnAreRefused() {
    assertThatThrownBy(() -> new Planner(Map.of("a", "b", "b", "a")))
        .hasMessageContaining("berth.capacity.moves.");
  }

  private static ChosenClass chosen(
      Status status, Map<String, String> moves, SandboxClass... classes) {
    ClusterFacts facts =
        new ClusterFacts(
            true,
            List.of(classes),
            new ClusterAdmission("v1.36.3", true, true, List.of()),
            ClusterNetwork.UNKNOWN);
    return ChosenClass.of(status, STARTER, facts, moves);
  }

  private static Status onA(PlanVersion plan) {
    return Status.NONE.reached(1, plan).movingTo("a", "kata");
  }

  private static SandboxClass kata(String name, String handler, Nodes... nodes) {
    return new SandboxClass(
        name,
        handler,
        new Overhead(600 * MEBI, 0),
        new SandboxClass.Places(Map.of(), List.of(), List.of(nodes), List.of()),
        SandboxClass.Canary.DEFAULTS);
  }
}
