package dev.berth.kubernetes;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Canary;
import dev.berth.plan.SandboxClass.Nodes;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.node.v1.Overhead;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** From what a cluster holds to the facts that plans rest on; pure. */
final class FactReading {

  private static final String PROBE = "berth-probe";
  private static final Comparator<Nodes> LARGEST_FIRST =
      Comparator.comparingLong(Nodes::memory)
          .thenComparingLong(Nodes::cpu)
          .thenComparingLong(Nodes::pods)
          .reversed();

  private final ShippedPolicies shipped;
  private final KubernetesConfig config;

  FactReading(ShippedPolicies shipped, KubernetesConfig config) {
    this.shipped = shipped;
    this.config = config;
  }

  /**
   * What a cluster holds.
   *
   * @param mutating whether it serves mutating admission policies
   */
  record Holdings(
      Collection<RuntimeClass> classes,
      Collection<Node> nodes,
      Collection<PolicyObject> policies,
      boolean mutating) {}

  ClusterFacts read(Holdings holdings) {
    return new ClusterFacts(
        true,
        "",
        classes(holdings),
        named(PROBE, holdings.classes()).isPresent(),
        holdings.mutating(),
        shipped.faults(holdings.policies(), holdings.mutating()),
        new ClusterNetwork(config.networkEngine().orElse(null), List.of(), List.of()));
  }

  private List<SandboxClass> classes(Holdings holdings) {
    return config.runtimeClasses().stream()
        .flatMap(name -> named(name, holdings.classes()).stream())
        .filter(candidate -> config.runtimeHandlers().contains(candidate.getHandler()))
        .map(candidate -> sandbox(candidate, holdings))
        .toList();
  }

  private static Optional<RuntimeClass> named(String name, Collection<RuntimeClass> classes) {
    return classes.stream().filter(c -> c.getMetadata().getName().equals(name)).findFirst();
  }

  private static SandboxClass sandbox(RuntimeClass candidate, Holdings holdings) {
    Overhead overhead = candidate.getOverhead();
    Quantities costs = Quantities.costs(overhead == null ? Map.of() : overhead.getPodFixed());
    SandboxNodes places = SandboxNodes.of(candidate);
    return new SandboxClass(
        candidate.getMetadata().getName(),
        candidate.getHandler(),
        costs.memory(),
        costs.cpu(),
        places.selector(),
        places.tolerations().stream().map(t -> Objects.toString(t.getKey(), "")).toList(),
        sizes(places, holdings.nodes()),
        List.of(),
        holdings.mutating() ? Canary.DEFAULTS : Canary.DENIES);
  }

  /** Alike nodes together, the largest first. */
  private static List<Nodes> sizes(SandboxNodes places, Collection<Node> nodes) {
    Map<Nodes, Integer> counts = new HashMap<>();
    nodes.stream()
        .filter(places::include)
        .map(node -> Quantities.room(node.getStatus().getAllocatable()))
        .forEach(room ->
            counts.merge(new Nodes(1, room.memory(), room.cpu(), room.pods()), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(e -> new Nodes(e.getValue(), e.getKey().memory(), e.getKey().cpu(), e.getKey().pods()))
        .sorted(LARGEST_FIRST)
        .toList();
  }
}
