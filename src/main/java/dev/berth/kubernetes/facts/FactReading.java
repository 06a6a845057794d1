package dev.berth.kubernetes.facts;

import dev.berth.kubernetes.policy.PolicyObject;
import dev.berth.kubernetes.policy.ShippedPolicies;
import dev.berth.kubernetes.proof.PodAttempt;
import dev.berth.kubernetes.server.KubernetesConfig;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Canary;
import dev.berth.plan.SandboxClass.Nodes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.node.v1.Overhead;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** From what a cluster holds to the facts that plans rest on; pure. */
final class FactReading {

  private static final Comparator<Nodes> LARGEST_FIRST =
      Comparator.comparingLong(Nodes::memory)
          .thenComparingLong(Nodes::cpu)
          .thenComparingLong(Nodes::pods)
          .reversed();

  private final ShippedPolicies shipped;
  private final KubernetesConfig config;
  private final NetworkReading network;

  FactReading(ShippedPolicies shipped, KubernetesConfig config) {
    this.shipped = shipped;
    this.config = config;
    this.network = new NetworkReading(config);
  }

  /**
   * What a cluster holds.
   *
   * @param version of its API server
   * @param mutating whether it serves mutating admission policies
   * @param daemonSets in namespaces where network engines run
   */
  record Holdings(
      String version,
      Collection<RuntimeClass> classes,
      Collection<Node> nodes,
      Collection<PolicyObject> policies,
      boolean mutating,
      Collection<DaemonSet> daemonSets,
      Collection<GenericKubernetesResource> serviceCidrs) {}

  /**
   * @param canaries the results by the names of the classes
   */
  ClusterFacts read(Holdings holdings, Function<String, Canary> canaries) {
    return new ClusterFacts(
        true,
        holdings.version(),
        classes(holdings, canaries),
        named(PodAttempt.PROBE_CLASS, holdings.classes()).isPresent(),
        holdings.mutating(),
        shipped.faults(holdings.policies(), holdings.mutating()),
        network.read(holdings));
  }

  private List<SandboxClass> classes(Holdings holdings, Function<String, Canary> canaries) {
    return config.runtimeClasses().stream()
        .flatMap(name -> named(name, holdings.classes()).stream())
        .filter(candidate -> config.runtimeHandlers().contains(candidate.getHandler()))
        .map(candidate ->
            sandbox(candidate, holdings.nodes(), canaries.apply(candidate.getMetadata().getName())))
        .toList();
  }

  private static Optional<RuntimeClass> named(String name, Collection<RuntimeClass> classes) {
    return classes.stream().filter(c -> c.getMetadata().getName().equals(name)).findFirst();
  }

  private SandboxClass sandbox(RuntimeClass candidate, Collection<Node> nodes, Canary canary) {
    Overhead overhead = candidate.getOverhead();
    Quantities costs = Quantities.costs(overhead == null ? Map.of() : overhead.getPodFixed());
    SandboxNodes places = SandboxNodes.of(candidate);
    return new SandboxClass(
        candidate.getMetadata().getName(),
        candidate.getHandler(),
        costs.memory(),
        costs.cpu(),
        places.selector(),
        places.toleratedKeys(),
        sizes(places, nodes),
        nodes.stream().flatMap(places::barringTaints).distinct().sorted().toList(),
        canary);
  }

  /** Alike nodes together, the largest first. */
  private List<Nodes> sizes(SandboxNodes places, Collection<Node> nodes) {
    Map<Nodes, Integer> counts = new HashMap<>();
    nodes.stream()
        .filter(places::include)
        .map(node -> left(Quantities.room(node.getStatus().getAllocatable())))
        .forEach(room -> counts.merge(room, 1, Integer::sum));
    return counts.entrySet().stream()
        .map(e -> new Nodes(e.getValue(), e.getKey().memory(), e.getKey().cpu(), e.getKey().pods()))
        .sorted(LARGEST_FIRST)
        .toList();
  }

  /** Of one node, beside what is kept for its daemons. */
  private Nodes left(Quantities room) {
    Quantities kept =
        Quantities.costs(
            Map.of("memory", config.nodeReserveMemory(), "cpu", config.nodeReserveCpu()));
    return new Nodes(
        1,
        Math.max(0, room.memory() - kept.memory()),
        Math.max(0, room.cpu() - kept.cpu()),
        room.pods());
  }
}
