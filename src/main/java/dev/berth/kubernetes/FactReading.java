package dev.berth.kubernetes;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.ClusterFacts.SandboxClass;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.node.v1.Overhead;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** From what a cluster holds to the facts that plans rest on; pure. */
final class FactReading {

  private static final String PROBE = "berth-probe";

  private final ShippedPolicies shipped;
  private final KubernetesConfig config;

  FactReading(ShippedPolicies shipped, KubernetesConfig config) {
    this.shipped = shipped;
    this.config = config;
  }

  /**
   * What a cluster holds.
   *
   * @param defaults whether it serves mutating admission policies
   */
  record Holdings(
      Collection<RuntimeClass> classes,
      Collection<Node> nodes,
      Collection<PolicyObject> policies,
      boolean defaults) {}

  ClusterFacts read(Holdings holdings) {
    return new ClusterFacts(
        true,
        sandbox(holdings),
        named(PROBE, holdings.classes()).isPresent(),
        holdings.defaults(),
        shipped.faults(holdings.policies(), holdings.defaults()),
        config.networkEngine().orElse(null));
  }

  private @Nullable SandboxClass sandbox(Holdings holdings) {
    List<SandboxClass> candidates =
        config.runtimeClasses().stream()
            .flatMap(name -> named(name, holdings.classes()).stream())
            .filter(candidate -> config.runtimeHandlers().contains(candidate.getHandler()))
            .map(candidate -> sandbox(candidate, holdings.nodes()))
            .toList();
    return candidates.stream()
        .filter(candidate -> candidate.readyNodes() > 0)
        .findFirst()
        .or(() -> candidates.stream().findFirst())
        .orElse(null);
  }

  private static Optional<RuntimeClass> named(String name, Collection<RuntimeClass> classes) {
    return classes.stream().filter(c -> c.getMetadata().getName().equals(name)).findFirst();
  }

  private static SandboxClass sandbox(RuntimeClass candidate, Collection<Node> nodes) {
    Overhead overhead = candidate.getOverhead();
    Quantities costs = Quantities.costs(overhead == null ? Map.of() : overhead.getPodFixed());
    SandboxNodes places = SandboxNodes.of(candidate);
    List<Quantities> rooms =
        nodes.stream()
            .filter(places::include)
            .map(node -> Quantities.room(node.getStatus().getAllocatable()))
            .toList();
    return new SandboxClass(
        candidate.getMetadata().getName(),
        candidate.getHandler(),
        costs.memory(),
        costs.cpu(),
        places.selector(),
        rooms.size(),
        largest(rooms, Quantities::memory),
        largest(rooms, Quantities::cpu));
  }

  private static long largest(List<Quantities> rooms, ToLongFunction<Quantities> resource) {
    return rooms.stream().mapToLong(resource).max().orElse(0);
  }
}
