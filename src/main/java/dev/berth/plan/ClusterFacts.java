package dev.berth.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the cluster. Nothing in here is assumed: what could not be read is absent, and
 * absent facts keep tenants closed. Equal facts read alike ({@link #toString}) in every replica: a
 * map or a set in here is sorted.
 *
 * @param known false until every part was read at least once
 * @param version of the API server; empty = not known
 * @param classes those for sandboxes, in the configured order of preference
 * @param probe whether the RuntimeClass {@code berth-probe} exists
 * @param mutating whether the cluster serves mutating admission policies; whether they act is for
 *     the canary to say
 * @param policies what is wrong with the shipped policies and bindings; empty = all present and
 *     unaltered
 */
public record ClusterFacts(
    boolean known,
    String version,
    List<SandboxClass> classes,
    boolean probe,
    boolean mutating,
    List<PolicyFault> policies,
    ClusterNetwork network) {

  public static final ClusterFacts UNKNOWN =
      new ClusterFacts(false, "", List.of(), false, false, List.of(), ClusterNetwork.UNKNOWN);

  public ClusterFacts {
    classes = List.copyOf(classes);
    policies = List.copyOf(policies);
  }

  /**
   * A shipped policy or binding that is not as it was shipped.
   *
   * @param object kind and name
   * @param difference what differs; null = the object is missing
   * @param guards whether tenants are less safe without it; else it is a comfort, or a restraint on
   *     Berth itself
   */
  public record PolicyFault(String object, @Nullable String difference, boolean guards) {}

  /** The class that a plan's sandboxes run in; null = the plan is shared, or there is none. */
  public @Nullable SandboxClass sandboxFor(Plan plan) {
    return plan.isolation() == Plan.Isolation.SANDBOXED ? sandboxFor(plan.sandbox()) : null;
  }

  /**
   * The class that such a sandbox runs in: the first with Ready nodes whose overhead is enough for
   * it, else the first with Ready nodes, else the first; null = there is none.
   */
  public @Nullable SandboxClass sandboxFor(Plan.Sandbox sandbox) {
    Predicate<SandboxClass> hasNodes = c -> c.readyNodes() > 0;
    long advised = Overhead.advised(sandbox.memory());
    return first(hasNodes.and(c -> c.memoryOverhead() >= advised))
        .or(() -> first(hasNodes))
        .or(() -> classes.stream().findFirst())
        .orElse(null);
  }

  /**
   * What open tenants are safe by, and limited by: without what changes whenever a node like others
   * comes or goes.
   */
  public ClusterFacts guarantees() {
    List<SandboxClass> bare = classes.stream().map(SandboxClass::withLargestNode).toList();
    ClusterNetwork bareNetwork = new ClusterNetwork(network.engine(), List.of(), network.dns());
    return new ClusterFacts(known, "", bare, probe, mutating, policies, bareNetwork);
  }

  private Optional<SandboxClass> first(Predicate<SandboxClass> wanted) {
    return classes.stream().filter(wanted).findFirst();
  }
}
