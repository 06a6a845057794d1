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
import dev.berth.tenant.Desired.Move;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Status;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

  @Test
  void anOrderForTheTenantGoesBeforeTheSettingForAllOfItsClass() {
    Map<String, String> away = Map.of("a", "c");

    assertThat(ordered("b", onA(STARTER.id()), away, EMPTY, OTHER, kata("c", "kata")).sandbox())
        .isEqualTo(OTHER);
    assertThat(ordered("a", onA(STARTER.id()), away, EMPTY, kata("c", "kata")).sandbox())
        .as("a tenant that was moved to where it is stays there")
        .isEqualTo(EMPTY);
  }

  @Test
  void anOrderMovesNobodyToAClassThatIsGoneOrIsAnotherOne() {
    assertThat(ordered("b", onA(STARTER.id()), Map.of(), EMPTY).sandbox()).isEqualTo(EMPTY);
    assertThat(ordered("b", onA(STARTER.id()), Map.of(), EMPTY, kata("b", "runc")).sandbox())
        .isEqualTo(EMPTY);

    Status moved = onA(STARTER.id()).runningIn(List.of(new RuntimeClass("b", "kata")));
    assertThat(ordered("b", moved, Map.of(), EMPTY, kata("b", "runc", NODES)).fault().reason())
        .isEqualTo(Reason.RuntimeClassAltered);
    assertThat(ordered("b", moved, Map.of(), EMPTY).fault().reason())
        .isEqualTo(Reason.RuntimeClassMissing);
  }

  @Test
  void anOrderStandsUnderItsPlanWhateverBecomesOfTheClass() {
    Move order = order("b").found(new RuntimeClass("b", "kata"), STARTER.id());

    assertThat(ChosenClass.heeded(order, STARTER, facts(EMPTY))).isEqualTo(order);
    assertThat(ChosenClass.heeded(order, STARTER, facts(kata("b", "runc")))).isEqualTo(order);
  }

  @Test
  void anOrderStandsUnderAnotherPlanIfTheClassIsFitForThatAndElseIsOver() {
    Move order = order("b").found(new RuntimeClass("b", "kata"), new PlanVersion("team", 1));

    assertThat(ChosenClass.heeded(order, STARTER, facts(EMPTY, OTHER)))
        .isEqualTo(order.found(order.to(), STARTER.id()));
    assertThat(ChosenClass.heeded(order, STARTER, ClusterFacts.UNKNOWN)).isEqualTo(order);
    assertThat(ChosenClass.heeded(order, STARTER, facts(EMPTY))).as("no such class").isNull();
    assertThat(ChosenClass.heeded(order, STARTER, facts(kata("b", "kata")))).as("empty").isNull();
    assertThat(ChosenClass.heeded(order, STARTER, facts(kata("b", "runc", NODES)))).isNull();
    assertThat(ChosenClass.heeded(order, shared(), facts(EMPTY, OTHER))).isNull();
  }

  @Test
  void whyAClassIsUnfitSaysWhatToDo() {
    RuntimeClass b = new RuntimeClass("b", null);

    assertThat(ChosenClass.unfit(b, STARTER, facts(EMPTY, OTHER))).isEmpty();
    assertThat(ChosenClass.unfit(b, STARTER, facts(EMPTY)).orElseThrow())
        .contains("name one of [a]");
    assertThat(ChosenClass.unfit(b, STARTER, facts(kata("b", "kata"))).orElseThrow())
        .contains("no Ready node", "add nodes");
    assertThat(
            ChosenClass.unfit(b, STARTER, facts(kata("b", "kata", new Nodes(2, 100 * MEBI, 9, 9))))
                .orElseThrow())
        .contains("add larger nodes");
    assertThat(ChosenClass.unfit(b, shared(), facts(OTHER)).orElseThrow()).contains("is shared");
  }

  private static Plan shared() {
    return new Plan(
        new PlanVersion("shared", 1),
        Plan.Isolation.SHARED,
        STARTER.priority(),
        STARTER.namespaces(),
        STARTER.amounts(),
        STARTER.rules(),
        STARTER.lifecycle());
  }

  private static Move order(String to) {
    return new Move(new RuntimeClass(to, null), null, new UUID(1, 1), "alice", Instant.EPOCH);
  }

  private static ChosenClass ordered(
      String to, Status status, Map<String, String> moves, SandboxClass... classes) {
    Move order = order(to).found(new RuntimeClass(to, "kata"), STARTER.id());
    return ChosenClass.of(status, order, STARTER, facts(classes), moves);
  }

  private static ChosenClass chosen(
      Status status, Map<String, String> moves, SandboxClass... classes) {
    return ChosenClass.of(status, null, STARTER, facts(classes), moves);
  }

  private static ClusterFacts facts(SandboxClass... classes) {
    return new ClusterFacts(
        true,
        List.of(classes),
        new ClusterAdmission("v1.36.3", true, true, List.of()),
        ClusterNetwork.UNKNOWN);
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
