package dev.berth.plan;

import dev.berth.tenant.condition.Reason;
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
    ClusterNetwork network,
    ClusterOffer offer) {

  public static final ClusterFacts UNKNOWN =
      new ClusterFacts(false, "", List.of(), false, false, List.of(), ClusterNetwork.UNKNOWN);

  public ClusterFacts {
    classes = List.copyOf(classes);
    policies = List.copyOf(policies);
  }

  /** Without anything that pods and claims may name. */
  public ClusterFacts(
      boolean known,
      String version,
      List<SandboxClass> classes,
      boolean probe,
      boolean mutating,
      List<PolicyFault> policies,
      ClusterNetwork network) {
    this(known, version, classes, probe, mutating, policies, network, ClusterOffer.UNKNOWN);
  }

  public ClusterFacts with(ClusterOffer named) {
    return new ClusterFacts(known, version, classes, probe, mutating, policies, network, named);
  }

  /**
   * A shipped policy or binding that is not as it was shipped.
   *
   * @param object kind and name
   * @param difference what differs; null = the object is missing
   * @param guards whether tenants are less safe without it; else it is a comfort, a restraint on
   *     Berth itself, or outdated
   * @param outdated whether it is as the release before shipped it, or not there yet because an
   *     upgrade is under way: who is in is as safe as before, and nobody else comes in
   */
  public record PolicyFault(
      String object, @Nullable String difference, boolean guards, boolean outdated) {

    public PolicyFault(String object, @Nullable String difference, boolean guards) {
      this(object, difference, guards, false);
    }

    public static PolicyFault outdated(String object) {
      return new PolicyFault(object, "of the release before", false, true);
    }

    public Reason reason() {
      if (outdated) {
        return Reason.PolicyOutdated;
      }
      return difference == null ? Reason.PolicyMissing : Reason.PolicyAltered;
    }

    @Override
    public String toString() {
      return outdated || difference == null ? object : object + " (" + difference + ")";
    }
  }

  /**
   * What keeps tenants of such plans from being opened. Those without a sandbox need what guards
   * them, but for the sandbox.
   */
  public List<PolicyFault> faultsFor(Plan.Isolation isolation) {
    return isolation == Plan.Isolation.SANDBOXED
        ? policies
        : policies.stream()
            .filter(f -> f.outdated() || (f.guards() && !f.object().contains(" berth-sandbox")))
            .toList();
  }

  /** The faults by which open tenants of such plans are less safe. */
  public List<PolicyFault> guardsLost(Plan.Isolation isolation) {
    return faultsFor(isolation).stream().filter(PolicyFault::guards).toList();
  }

  /**
   * The class that such a sandbox is put into: the first with Ready nodes whose overhead is enough
   * for it, else the first with Ready nodes, else the first; null = there is none.
   */
  public @Nullable SandboxClass sandboxFor(Plan.Sandbox sandbox) {
    Predicate<SandboxClass> hasNodes = c -> c.readyNodes() > 0;
    long advised = Overhead.advised(sandbox.memory());
    return first(hasNodes.and(c -> c.memoryOverhead() >= advised))
        .or(() -> first(hasNodes))
        .or(() -> classes.stream().findFirst())
        .orElse(null);
  }

  /** Whether policies of the release before still stand. */
  public boolean isUpgrading() {
    return policies.stream().anyMatch(PolicyFault::outdated);
  }

  /**
   * What open tenants are safe by, and limited by: without what changes whenever a node like others
   * comes or goes.
   */
  public ClusterFacts guarantees() {
    List<SandboxClass> bare = classes.stream().map(SandboxClass::withLargestNode).toList();
    ClusterNetwork bareNetwork = new ClusterNetwork(network.engine(), List.of(), network.dns());
    return new ClusterFacts(known, "", bare, probe, mutating, policies, bareNetwork, offer);
  }

  private Optional<SandboxClass> first(Predicate<SandboxClass> wanted) {
    return classes.stream().filter(wanted).findFirst();
  }
}
