package dev.berth.plan.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.Plan;
import dev.berth.plan.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Egress leaves out what belongs to the cluster or to nobody, and never leads into it. */
class EgressRulesTest {

  private static final Plan.Egress INTERNET = new Plan.Egress.Internet();

  @Test
  void theInternetIsEverythingButPrivateAddressesAndTheClustersOwn() {
    assertThat(only(INTERNET, "20.30.0.0/16", "10.244.0.0/16").except())
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
            only(INTERNET, "20.30.7.0/24", "20.30.0.0/16", "20.30.0.0/16", "172.16.9.0/24")
                .except())
        .containsOnlyOnce("20.30.0.0/16")
        .doesNotContain("20.30.7.0/24", "172.16.9.0/24");
  }

  @Test
  void aRangeThatHoldsAPrivateBlockTakesItsPlace() {
    assertThat(only(INTERNET, "160.0.0.0/4").except())
        .contains("160.0.0.0/4")
        .doesNotContain("169.254.0.0/16", "168.63.129.16/32", "172.16.0.0/12");
  }

  @Test
  void aNamedNetworkLeavesOutWhatLiesInIt() {
    assertThat(only(named("10.0.0.0/8"), "10.244.0.0/16", "20.30.0.0/16").except())
        .containsExactly("10.244.0.0/16");
    assertThat(only(named("168.0.0.0/7"), "20.30.0.0/16").except())
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

  @Test
  void aRangeThatCannotBeLeftOutIsAFaultForWhoeverGoesOut() {
    assertThat(faults(INTERNET, "20.30.0.1/16"))
        .singleElement()
        .asString()
        .contains("20.30.0.1/16");
    assertThat(faults(new Plan.Egress.None(), "20.30.0.1/16")).isEmpty();
    assertThat(faults(INTERNET, "fd00:10::/64")).as("IPv6 is closed anyway").isEmpty();
  }

  private static Plan.Egress named(String... blocks) {
    return new Plan.Egress.Cidrs(List.of(blocks));
  }

  private static Resource.Block only(Plan.Egress egress, String... ranges) {
    List<Resource.Block> blocks = EgressRules.blocks(egress, cluster(ranges));
    assertThat(blocks).hasSize(1);
    return blocks.getFirst();
  }

  private static List<String> faults(Plan.Egress egress, String... ranges) {
    return EgressRules.faults(egress, cluster(ranges));
  }

  private static ClusterNetwork cluster(String... ranges) {
    return new ClusterNetwork("cilium", List.of(ranges), List.of());
  }
}
