package dev.berth.plan;

import static dev.berth.plan.Samples.MEBI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.ClusterAdmission.PolicyFault;
import dev.berth.plan.SandboxClass.Canary;
import dev.berth.plan.SandboxClass.Nodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClusterFactsTest {

  private static final Nodes TWO = new Nodes(2, 12_800 * MEBI, 7820, 250);

  @Test
  void aSmallOverheadIsChosenForSmallSandboxesAndALargeOneForTheOthers() {
    ClusterFacts facts = facts(kata("small", 128 * MEBI, TWO), kata("managed", 600 * MEBI, TWO));

    assertThat(chosen(facts, 1024 * MEBI)).isEqualTo("small");
    assertThat(chosen(facts, 1025 * MEBI)).isEqualTo("managed");
    assertThat(chosen(facts, 8192 * MEBI)).isEqualTo("managed");
  }

  @Test
  void whereNoOverheadIsEnoughTheFirstClassWithNodesIsChosen() {
    ClusterFacts facts = facts(kata("empty", 600 * MEBI), kata("small", 128 * MEBI, TWO));

    assertThat(chosen(facts, 64 * 1024 * MEBI)).isEqualTo("small");
    assertThat(chosen(facts(kata("empty", 600 * MEBI)), 512 * MEBI)).isEqualTo("empty");
  }

  @Test
  void oneMoreNodeOfTheSameSizeConcernsNoOpenTenant() {
    ClusterFacts two = facts(kata("kata", 600 * MEBI, TWO));

    assertThat(facts(kata("kata", 600 * MEBI, new Nodes(3, 12_800 * MEBI, 7820, 250))).guarantees())
        .isEqualTo(two.guarantees());
    assertThat(facts(kata("kata", 600 * MEBI, new Nodes(2, 25_600 * MEBI, 7820, 250))).guarantees())
        .isNotEqualTo(two.guarantees());
    assertThat(facts(kata("kata", 600 * MEBI)).guarantees()).isNotEqualTo(two.guarantees());
  }

  @Test
  void whatWasWrongBeforeStaysBesideWhatIsWrongNow() {
    PolicyFault gone = new PolicyFault("binding a", null, true);
    PolicyFault altered = new PolicyFault("binding a", "spec is else", true);
    PolicyFault other = new PolicyFault("binding b", null, true);

    assertThat(wrong().withFaultsOf(wrong(gone))).isEqualTo(wrong(gone));
    assertThat(wrong(other).withFaultsOf(wrong(gone))).isEqualTo(wrong(other, gone));
    assertThat(wrong(altered).withFaultsOf(wrong(gone))).isEqualTo(wrong(altered));
  }

  /** Digests of them are compared between replicas. */
  @Test
  void equalClassesReadAlikeInWhateverOrderTheirSelectorsWereRead() {
    Map<String, String> selector = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      selector.put("key-" + (7 * i) % 20, "true");
    }
    assertThat(selecting(selector).toString())
        .isEqualTo(selecting(new TreeMap<>(selector)).toString());
  }

  private static ClusterFacts wrong(PolicyFault... faults) {
    ClusterAdmission admission = new ClusterAdmission("1.36.3", true, true, List.of(faults));
    return new ClusterFacts(true, List.of(), admission, ClusterNetwork.UNKNOWN);
  }

  private static SandboxClass selecting(Map<String, String> selector) {
    return new SandboxClass(
        "kata",
        "kata",
        new Overhead(0, 0),
        new SandboxClass.Places(selector, List.of(), List.of(), List.of()),
        SandboxClass.Canary.DENIES);
  }

  private static String chosen(ClusterFacts facts, long memory) {
    return facts.sandboxFor(new Plan.Sandbox(memory, 500, new Plan.Count(1, 1, 1))).name();
  }

  private static SandboxClass kata(String name, long overhead, Nodes... nodes) {
    return new SandboxClass(
        name,
        "kata",
        new Overhead(overhead, 0),
        new SandboxClass.Places(Map.of(), List.of(), List.of(nodes), List.of()),
        Canary.DEFAULTS);
  }

  private static ClusterFacts facts(SandboxClass... classes) {
    return new ClusterFacts(
        true,
        List.of(classes),
        new ClusterAdmission("v1.36.3", true, true, List.of()),
        ClusterNetwork.UNKNOWN);
  }
}
