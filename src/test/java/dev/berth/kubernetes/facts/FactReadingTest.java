package dev.berth.kubernetes.facts;

import static dev.berth.kubernetes.facts.KataPool.NEW;
import static dev.berth.kubernetes.facts.KataPool.OLD;
import static dev.berth.kubernetes.facts.KataPool.kata;
import static dev.berth.kubernetes.facts.KataPool.node;
import static dev.berth.kubernetes.facts.KataPool.tainted;
import static dev.berth.kubernetes.facts.KataPool.tolerating;
import static dev.berth.kubernetes.facts.KataPool.withAllocatable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.TestConfig;
import dev.berth.kubernetes.facts.FactReading.Holdings;
import dev.berth.kubernetes.facts.FactReading.Served;
import dev.berth.kubernetes.policy.PolicyObject;
import dev.berth.kubernetes.policy.ShippedPolicies;
import dev.berth.plan.ClusterAdmission;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Overhead;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Canary;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FactReadingTest {

  private static final long MI = 1024 * 1024;
  private static final Plan.Sandbox SMALL = new Plan.Sandbox(128, 100, new Plan.Count(1, 1, 1));
  private static final Function<String, Canary> NONE = name -> Canary.UNPROVEN;
  private static final Taint DEDICATED = new Taint("NoSchedule", "kata", null, "enabled");

  private final FactReading reading =
      new FactReading(ShippedPolicies.load(), TestConfig.defaults());

  @Test
  void theClassWhoseNodesAreReadyIsTheSandbox() {
    SandboxClass sandbox = sandbox(List.of(kata(NEW)), List.of(node(NEW), node(NEW)));

    assertThat(sandbox)
        .isEqualTo(
            new SandboxClass(
                NEW,
                "kata",
                new Overhead(600 * MI, 0),
                new SandboxClass.Places(
                    Map.of("kubernetes.azure.com/" + NEW, "true"),
                    List.of(),
                    List.of(new SandboxClass.Nodes(2, 12800 * MI, 7820, 0)),
                    List.of()),
                Canary.DEFAULTS));
  }

  @Test
  void anOldPoolIsFoundByTheOldClassThoughTheNewOneExists() {
    SandboxClass sandbox = sandbox(List.of(kata(NEW), kata(OLD)), List.of(node(OLD)));

    assertThat(sandbox.name()).isEqualTo(OLD);
    assertThat(readyNodes(sandbox)).isEqualTo(1);
  }

  @Test
  void theOrderOfTheConfigurationDecidesWhereBothHaveNodes() {
    assertThat(sandbox(List.of(kata(OLD), kata(NEW)), List.of(node(OLD), node(NEW))).name())
        .isEqualTo(NEW);
  }

  @Test
  void withoutAnyNodeTheFirstClassThatExistsIsNamed() {
    SandboxClass sandbox = sandbox(List.of(kata(OLD)), List.of());

    assertThat(sandbox.name()).isEqualTo(OLD);
    assertThat(readyNodes(sandbox)).isZero();
    assertThat(sandbox.nodes().stream().mapToLong(SandboxClass.Nodes::memory).max().orElse(0))
        .isZero();
  }

  @Test
  void aClusterWithoutSuchAClassHasNoSandbox() {
    assertThat(facts(List.of(kata("gvisor")), List.of(node(NEW))).classes()).isEmpty();
  }

  @Test
  void aClassWithAForeignHandlerIsNoSandbox() {
    RuntimeClass runc = kata(NEW).edit().withHandler("runc").build();

    assertThat(facts(List.of(runc), List.of(node(NEW))).classes()).isEmpty();
  }

  @Test
  void aClassWithoutSchedulingRunsOnEveryReadyNode() {
    RuntimeClass anywhere = kata(NEW).edit().withScheduling(null).build();

    SandboxClass sandbox = sandbox(List.of(anywhere), List.of(node("other")));

    assertThat(readyNodes(sandbox)).isEqualTo(1);
    assertThat(sandbox.nodeSelector()).isEmpty();
  }

  @Test
  void aClassWithoutOverheadCostsNothing() {
    RuntimeClass free = kata(NEW).edit().withOverhead(null).build();

    SandboxClass sandbox = sandbox(List.of(free), List.of(node(NEW)));

    assertThat(sandbox.memoryOverhead()).isZero();
    assertThat(sandbox.cpuOverhead()).isZero();
  }

  @Test
  void costsAreRoundedUpAndRoomIsRoundedDown() {
    RuntimeClass odd =
        kata(NEW)
            .edit()
            .editOverhead()
            .withPodFixed(Map.of("memory", new Quantity("0.1Ki"), "cpu", new Quantity("100500u")))
            .endOverhead()
            .build();
    Node node = withAllocatable("0.1Ki", "1500500u");

    SandboxClass sandbox = sandbox(List.of(odd), List.of(node));

    assertThat(sandbox.memoryOverhead()).isEqualTo(103);
    assertThat(sandbox.cpuOverhead()).isEqualTo(101);
    assertThat(sandbox.nodes().stream().mapToLong(SandboxClass.Nodes::memory).max().orElse(0))
        .isEqualTo(102);
    assertThat(sandbox.nodes().stream().mapToLong(SandboxClass.Nodes::cpu).max().orElse(0))
        .isEqualTo(1500);
  }

  @Test
  void quantitiesAreExactInEveryNotation() {
    assertThat(memory("9007199254740993")).isEqualTo(9007199254740993L);
    assertThat(memory("8796093022207Ki")).isEqualTo(8796093022207L * 1024);
    assertThat(memory("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(memory("9223372036854775801")).isEqualTo(9223372036854775801L);
    assertThat(memory("7Ei")).isEqualTo(7L << 60);
    assertThat(memory("9Ei")).isEqualTo(Long.MAX_VALUE);
    assertThat(memory("1e3")).isEqualTo(1000);
    assertThat(memory("1500m")).isEqualTo(1);
    assertThat(memory("1.5Gi")).isEqualTo(1536 * MI);
    assertThat(memory("5M")).isEqualTo(5_000_000);
  }

  @Test
  void theLargestNodeOfEachResourceCounts() {
    SandboxClass sandbox =
        sandbox(
            List.of(kata(NEW)), List.of(withAllocatable("1Gi", "4"), withAllocatable("4Gi", "1")));

    assertThat(sandbox.nodes().stream().mapToLong(SandboxClass.Nodes::memory).max().orElse(0))
        .isEqualTo(4096 * MI);
    assertThat(sandbox.nodes().stream().mapToLong(SandboxClass.Nodes::cpu).max().orElse(0))
        .isEqualTo(4000);
  }

  @Test
  void whatIsKeptForTheDaemonsOfANodeIsNotGivenToTenants() {
    FactReading keeping =
        new FactReading(
            ShippedPolicies.load(),
            TestConfig.with("berth.kubernetes.node-reserve-memory", "1000Mi"));

    Holdings holdings =
        new Holdings(
            List.of(kata(NEW)),
            List.of(node(NEW)),
            new Served("", true, List.of()),
            List.of(),
            List.of());

    assertThat(keeping.read(holdings, NONE).classes().getFirst().nodes())
        .containsExactly(new SandboxClass.Nodes(1, 11800 * MI, 7820, 0));
  }

  @Test
  void aClassTellsItsTolerationsAndTheTaintsThatItDoesNotTolerateEachOnce() {
    Node broken = tainted(new Taint("NoExecute", "broken", null, null));

    SandboxClass sandbox =
        sandbox(
            List.of(tolerating("kata", "Exists", null, null)),
            List.of(broken, tainted(DEDICATED), broken));

    assertThat(sandbox.tolerations()).containsExactly("kata");
    assertThat(sandbox.taints()).containsExactly("broken:NoExecute");
    assertThat(readyNodes(sandbox)).isEqualTo(1);
  }

  @Test
  void theProbeIsAClassOfItsOwn() {
    assertThat(facts(List.of(kata("berth-probe")), List.of()).admission().probe()).isTrue();
    assertThat(facts(List.of(kata(NEW)), List.of()).admission().probe()).isFalse();
  }

  @Test
  void mutatingPoliciesAreRequiredOnlyWhereTheyAreServed() {
    List<String> shipped =
        ShippedPolicies.load().objects().stream().map(PolicyObject::toString).toList();

    assertThat(faults(true))
        .isEqualTo(shipped)
        .contains("MutatingAdmissionPolicy berth-sandbox-default");
    assertThat(faults(false))
        .hasSize(shipped.size() - 4)
        .noneMatch(object -> object.startsWith("Mutating"));
  }

  @Test
  void theVersionIsTheOneOfTheApiServer() {
    assertThat(facts(List.of(), List.of()).admission().version()).isEqualTo("v1.36.3");
  }

  @Test
  void eachClassHasTheResultOfItsOwnCanary() {
    Holdings both =
        new Holdings(
            List.of(kata(NEW), kata(OLD)),
            List.of(),
            new Served("", true, List.of()),
            List.of(),
            List.of());

    assertThat(reading.read(both, name -> name.equals(OLD) ? Canary.OPEN : Canary.DENIES).classes())
        .extracting(SandboxClass::canary)
        .containsExactly(Canary.DENIES, Canary.OPEN);
  }

  private List<String> faults(boolean mutating) {
    Holdings holdings =
        new Holdings(
            List.of(), List.of(), new Served("", mutating, List.of()), List.of(), List.of());
    return reading.read(holdings, NONE).admission().faults().stream()
        .map(ClusterAdmission.PolicyFault::object)
        .toList();
  }

  private ClusterFacts facts(List<RuntimeClass> classes, List<Node> nodes) {
    return reading.read(
        new Holdings(classes, nodes, new Served("v1.36.3", true, List.of()), List.of(), List.of()),
        name -> Canary.DEFAULTS);
  }

  private SandboxClass sandbox(List<RuntimeClass> classes, List<Node> nodes) {
    SandboxClass sandbox = facts(classes, nodes).sandboxFor(SMALL);
    assertThat(sandbox).isNotNull();
    return sandbox;
  }

  private long memory(String allocatable) {
    return sandbox(List.of(kata(NEW)), List.of(withAllocatable(allocatable, "1")))
        .nodes()
        .getFirst()
        .memory();
  }

  private static int readyNodes(SandboxClass sandbox) {
    return sandbox.nodes().stream().mapToInt(SandboxClass.Nodes::count).sum();
  }
}
