package dev.berth.plan.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.Ipv4Block;
import dev.berth.plan.Plan;
import dev.berth.plan.Resource;
import dev.berth.plan.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Egress leaves out what belongs to the cluster or to nobody, and never leads into it. */
class EgressRulesTest {

  private static final Plan.Egress INTERNET = new Plan.Egress.Internet();

  @Test
  void theInternetIsEverythingButPrivateAddressesAndTheClustersOwn() {
    assertThat(exceptions(INTERNET, "20.30.0.0/16", "10.244.0.0/16"))
        .containsExactly(
            "10.0.0.0/8",
            "20.30.0.0/16",
            "100.64.0.0/10",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.168.0.0/16");
  }

  @Test
  void aRangeThatLiesInAnotherOneAddsNothing() {
    assertThat(
            exceptions(INTERNET, "20.30.7.0/24", "20.30.0.0/16", "20.30.0.0/16", "172.16.9.0/24"))
        .containsOnlyOnce("20.30.0.0/16")
        .doesNotContain("20.30.7.0/24", "172.16.9.0/24");
  }

  @Test
  void aRangeThatHoldsAPrivateBlockTakesItsPlace() {
    assertThat(exceptions(INTERNET, "160.0.0.0/4"))
        .contains("160.0.0.0/4")
        .doesNotContain("169.254.0.0/16", "168.63.129.16/32", "172.16.0.0/12");
  }

  @Test
  void aNamedNetworkLeavesOutWhatLiesInIt() {
    assertThat(exceptions(named("10.0.0.0/8"), "10.244.0.0/16", "20.30.0.0/16"))
        .containsExactly("10.244.0.0/16");
    assertThat(exceptions(named("168.0.0.0/7"), "20.30.0.0/16"))
        .containsExactly("168.63.129.16/32", "169.254.169.254/32");
  }

  @Test
  void aNetworkInsideOfAClosedOneIsAFaultThatNamesBoth() {
    assertThat(faults(named("20.30.7.0/24", "198.51.100.0/24"), "20.30.0.0/16"))
        .singleElement()
        .asString()
        .contains("20.30.7.0/24", "20.30.0.0/16", "release a version");
    assertThat(faults(named("20.30.0.0/16"), "20.30.0.0/16")).hasSize(1);
    assertThat(faults(named("169.254.169.254/32"))).hasSize(1);
    assertThat(faults(INTERNET, "0.0.0.0/0")).hasSize(1);
  }

  private static Plan.Egress named(String... blocks) {
    return new Plan.Egress.Cidrs(Samples.blocks(blocks));
  }

  private static Stream<String> exceptions(Plan.Egress egress, String... ranges) {
    List<Resource.Block> blocks = EgressRules.blocks(egress, cluster(ranges));
    assertThat(blocks).hasSize(1);
    return blocks.getFirst().except().stream().map(Ipv4Block::toString);
  }

  private static List<String> faults(Plan.Egress egress, String... ranges) {
    return EgressRules.faults(egress, cluster(ranges));
  }

  private static ClusterNetwork cluster(String... ranges) {
    return new ClusterNetwork("cilium", Samples.blocks(ranges), List.of());
  }
}
