package dev.berth.kubernetes.facts;

import dev.berth.kubernetes.facts.FactReading.Holdings;
import dev.berth.kubernetes.server.KubernetesConfig;
import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.Ipv4Block;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From what a cluster holds and an operator says to its network; pure. */
final class NetworkReading {

  /** Where engines run. No tenant's: there anybody could give a DaemonSet such a name. */
  static final List<String> NAMESPACES =
      List.of("kube-system", "calico-system", "cilium", "kube-flannel");

  /** A DaemonSet with ready pods, and the engine that it shows; the first one counts. */
  private static final List<Map.Entry<String, String>> ENGINES =
      List.of(
          Map.entry("cilium", "cilium"),
          Map.entry("calico-node", "calico"),
          Map.entry("azure-npm", "azure"),
          Map.entry("antrea-agent", "antrea"),
          Map.entry("kube-router", "kube-router"),
          Map.entry("weave-net", "weave"),
          Map.entry("ovnkube-node", "ovn-kubernetes"));

  private final KubernetesConfig config;

  NetworkReading(KubernetesConfig config) {
    this.config = config;
  }

  ClusterNetwork read(Holdings holdings) {
    return new ClusterNetwork(
        config.networkEngine().or(() -> engine(holdings.daemonSets())).orElse(null),
        ranges(holdings),
        config.dnsAddresses().orElse(List.of()));
  }

  /** What is claimed of the engine, where the cluster does not show it. */
  Optional<String> doubt(Holdings holdings) {
    Optional<String> found = engine(holdings.daemonSets());
    return config
        .networkEngine()
        .filter(claimed -> !claimed.equals(found.orElse("")))
        .map(claimed ->
            "berth.kubernetes.network-engine says '%s', but %s in the namespaces %s. Tenants are isolated only if it is there: install it, or correct the setting"
                .formatted(
                    claimed,
                    found.map(other -> "'" + other + "' is found").orElse("no engine is found"),
                    String.join(", ", NAMESPACES)));
  }

  private static Optional<String> engine(Collection<DaemonSet> daemonSets) {
    List<String> running =
        daemonSets.stream()
            .filter(NetworkReading::isRunning)
            .map(daemonSet -> daemonSet.getMetadata().getName())
            .toList();
    return ENGINES.stream()
        .filter(engine -> running.contains(engine.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean isRunning(DaemonSet daemonSet) {
    Integer ready = daemonSet.getStatus() == null ? null : daemonSet.getStatus().getNumberReady();
    return NAMESPACES.contains(daemonSet.getMetadata().getNamespace())
        && ready != null
        && ready > 0;
  }

  private List<Ipv4Block> ranges(Holdings holdings) {
    Stream<Ipv4Block> told = config.internalRanges().orElse(List.of()).stream();
    Stream<String> pods =
        holdings.nodes().stream().flatMap(node -> node.getSpec().getPodCIDRs().stream());
    Stream<String> services = holdings.serviceCidrs().stream().flatMap(NetworkReading::cidrs);
    // Those of IPv6 are left out: no egress rule names such addresses, so they are closed anyway.
    Stream<Ipv4Block> read =
        Stream.concat(pods, services).map(Ipv4Block::parse).flatMap(Optional::stream);
    return Stream.concat(told, read).distinct().sorted().toList();
  }

  private static Stream<String> cidrs(GenericKubernetesResource serviceCidr) {
    @Nullable List<String> cidrs = serviceCidr.get("spec", "cidrs");
    return cidrs == null ? Stream.empty() : cidrs.stream();
  }
}
