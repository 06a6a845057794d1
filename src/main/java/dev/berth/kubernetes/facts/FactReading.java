package dev.berth.kubernetes.facts;

import dev.berth.kubernetes.policy.PolicyObject;
import dev.berth.kubernetes.policy.ShippedPolicies;
import dev.berth.kubernetes.proof.DryRunPod;
import dev.berth.kubernetes.server.KubernetesConfig;
import dev.berth.plan.ClusterAdmission;
import dev.berth.plan.ClusterAdmission.PolicyFault;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Overhead;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Canary;
import dev.berth.plan.SandboxClass.Nodes;
import dev.berth.plan.SandboxClass.Places;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** From what a cluster holds to the facts that plans rest on; pure. */
final class FactReading {

  private static final Comparator<Nodes> LARGEST_FIRST =
      Comparator.comparingLong(Nodes::memory)
          .thenComparingLong(Nodes::cpu)
          .thenComparingLong(Nodes::pods)
          .thenComparing(Nodes::pool)
          .reversed();

  /** As AKS labels the nodes of a pool. */
  private static final String POOL_LABEL = "kubernetes.azure.com/agentpool";

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
   * @param daemonSets in namespaces where network engines run
   */
  record Holdings(
      Collection<RuntimeClass> classes,
      Collection<Node> nodes,
      Served served,
      Collection<DaemonSet> daemonSets,
      Collection<GenericKubernetesResource> serviceCidrs) {}

  /**
   * What its API server is, and judges by.
   *
   * @param mutating whether it serves mutating admission policies
   */
  record Served(String version, boolean mutating, Collection<PolicyObject> policies) {}

  /**
   * @param canaries the results by the names of the classes
   */
  ClusterFacts read(Holdings holdings, Function<String, Canary> canaries) {
    return new ClusterFacts(
        true, classes(holdings, canaries), admission(holdings), network.read(holdings));
  }

  /** What is not as it must be, in the words of who must mend it. */
  List<String> remarks(Holdings holdings, ClusterFacts facts) {
    List<PolicyFault> faults = facts.admission().faults();
    Stream<String> policies =
        Stream.of(
                policies("missing", faults, fault -> fault.difference() == null),
                policies(
                    "altered", faults, fault -> fault.difference() != null && !fault.outdated()),
                policies("of the previous release", faults, PolicyFault::outdated))
            .flatMap(Optional::stream);
    return Stream.concat(policies, network.doubt(holdings).stream()).toList();
  }

  private static Optional<String> policies(
      String what, List<PolicyFault> faults, Predicate<PolicyFault> which) {
    List<String> names = faults.stream().filter(which).map(PolicyFault::toString).toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "policies are %s, run kubectl apply -k k8s with an account that may: %s"
                .formatted(what, String.join(", ", names)));
  }

  private ClusterAdmission admission(Holdings holdings) {
    Served served = holdings.served();
    return new ClusterAdmission(
        served.version(),
        served.mutating(),
        named(DryRunPod.PROBE_CLASS, holdings.classes()).isPresent(),
        shipped.faults(served.policies(), served.mutating()));
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
    return new SandboxClass(
        candidate.getMetadata().getName(),
        candidate.getHandler(),
        overhead(candidate),
        places(SandboxNodes.of(candidate), nodes),
        canary);
  }

  private static Overhead overhead(RuntimeClass candidate) {
    var fixed = candidate.getOverhead();
    Quantities costs = Quantities.costs(fixed == null ? Map.of() : fixed.getPodFixed());
    return new Overhead(costs.memory(), costs.cpu());
  }

  private Places places(SandboxNodes sandboxes, Collection<Node> nodes) {
    return new Places(
        sandboxes.selector(),
        sandboxes.toleratedKeys(),
        sizes(sandboxes, nodes),
        nodes.stream().flatMap(sandboxes::barringTaints).distinct().sorted().toList());
  }

  /** Alike nodes together, the largest first. */
  private List<Nodes> sizes(SandboxNodes sandboxes, Collection<Node> nodes) {
    Map<Nodes, Integer> counts = new HashMap<>();
    nodes.stream()
        .filter(sandboxes::include)
        .map(this::left)
        .forEach(room -> counts.merge(room, 1, Integer::sum));
    return counts.entrySet().stream()
        .map(e -> e.getKey().times(e.getValue()))
        .sorted(LARGEST_FIRST)
        .toList();
  }

  /** Of one node, without what is reserved for its daemons. */
  private Nodes left(Node node) {
    Quantities room = Quantities.room(node.getStatus().getAllocatable());
    Quantities kept =
        Quantities.costs(
            Map.of("memory", config.nodeReserveMemory(), "cpu", config.nodeReserveCpu()));
    return new Nodes(
        SandboxNodes.labels(node).getOrDefault(POOL_LABEL, ""),
        1,
        Math.max(0, room.memory() - kept.memory()),
        Math.max(0, room.cpu() - kept.cpu()),
        room.pods());
  }
}
