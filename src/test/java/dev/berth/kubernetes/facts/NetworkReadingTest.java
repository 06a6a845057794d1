package dev.berth.kubernetes.facts;

import static dev.berth.kubernetes.facts.KataPool.NEW;
import static dev.berth.kubernetes.facts.KataPool.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.kubernetes.TestConfig;
import dev.berth.kubernetes.facts.FactReading.Holdings;
import dev.berth.kubernetes.facts.FactReading.Served;
import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.Samples;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkReadingTest {

  @Test
  void theNetworkEngineIsWhatTheOperatorSaysWhateverRuns() {
    NetworkReading told =
        new NetworkReading(TestConfig.with("berth.kubernetes.network-engine", "azure"));

    assertThat(told.read(holding(List.of(running("kube-system", "cilium")))).engine())
        .isEqualTo("azure");
    assertThat(network(holding(List.of())).engine()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "kube-system, cilium, cilium",
    "cilium, cilium, cilium",
    "calico-system, calico-node, calico",
    "kube-system, azure-npm, azure",
    "kube-system, antrea-agent, antrea"
  })
  void theNetworkEngineIsKnownByItsDaemonSet(String namespace, String daemonSet, String engine) {
    assertThat(network(holding(List.of(running(namespace, daemonSet)))).engine()).isEqualTo(engine);
  }

  @Test
  void noNetworkEngineIsKnownByADaemonSetWithoutReadyPodsOrOfATenant() {
    DaemonSet starting =
        running("kube-system", "cilium").edit().editStatus().withNumberReady(0).endStatus().build();

    assertThat(network(holding(List.of(starting))).engine()).isNull();
    assertThat(network(holding(List.of(running("tenant-acme", "cilium")))).engine()).isNull();
    assertThat(network(holding(List.of(running("kube-system", "kube-proxy")))).engine()).isNull();
  }

  /** R3. */
  @Test
  void anEngineThatIsClaimedButNotFoundIsDoubted() {
    NetworkReading told =
        new NetworkReading(TestConfig.with("berth.kubernetes.network-engine", "cilium"));

    assertThat(told.doubt(holding(List.of())).orElseThrow())
        .contains("'cilium'", "no engine is found", "kube-system");
    assertThat(told.doubt(holding(List.of(running("calico-system", "calico-node")))).orElseThrow())
        .contains("'cilium'", "'calico' is found");
    assertThat(told.doubt(holding(List.of(running("kube-system", "cilium"))))).isEmpty();
    assertThat(new NetworkReading(TestConfig.defaults()).doubt(holding(List.of()))).isEmpty();
  }

  @Test
  void rangesAreThoseOfPodsServicesAndTheOperator() {
    Node node =
        node(NEW).edit().editSpec().withPodCIDRs("10.244.1.0/24", "fd00:1::/64").endSpec().build();
    NetworkReading told =
        new NetworkReading(
            TestConfig.with("berth.kubernetes.internal-ranges", "20.30.0.0/16,10.244.1.0/24"));

    ClusterNetwork network =
        told.read(
            new Holdings(
                List.of(),
                List.of(node, node),
                new Served("", true, List.of()),
                List.of(),
                List.of(services("10.0.0.0/16", "fd00::/108"))));

    assertThat(network.ranges())
        .isEqualTo(Samples.blocks("10.0.0.0/16", "10.244.1.0/24", "20.30.0.0/16"));
  }

  @Test
  void dnsCachesAreAtTheirUsualAddressesUnlessTheOperatorSaysOtherwise() {
    assertThat(network(holding(List.of())).dns()).containsExactly("169.254.20.10", "169.254.10.11");
    assertThat(
            new NetworkReading(TestConfig.with("berth.kubernetes.dns-addresses", "10.0.0.53"))
                .read(holding(List.of()))
                .dns())
        .containsExactly("10.0.0.53");
  }

  @Test
  void aBadRangeOrAddressEndsTheStartAndIsNamed() {
    assertThatThrownBy(() -> TestConfig.with("berth.kubernetes.internal-ranges", "10.1.2.3/16"))
        .hasMessageContaining("berth.kubernetes.internal-ranges")
        .hasMessageContaining("\"10.1.2.3/16\" is not an IPv4 range");
    assertThatThrownBy(() -> TestConfig.with("berth.kubernetes.dns-addresses", "fd00::1"))
        .hasMessageContaining("berth.kubernetes.dns-addresses")
        .hasMessageContaining("\"fd00::1\" is not an IPv4 address");
  }

  private static Holdings holding(List<DaemonSet> daemonSets) {
    return new Holdings(
        List.of(), List.of(), new Served("", true, List.of()), daemonSets, List.of());
  }

  private static ClusterNetwork network(Holdings holdings) {
    return new NetworkReading(TestConfig.defaults()).read(holdings);
  }

  private static DaemonSet running(String namespace, String name) {
    return new DaemonSetBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .withNewStatus()
        .withNumberReady(2)
        .endStatus()
        .build();
  }

  private static GenericKubernetesResource services(String... cidrs) {
    GenericKubernetesResource object = new GenericKubernetesResource();
    object.setAdditionalProperty("spec", Map.of("cidrs", List.of(cidrs)));
    return object;
  }
}
