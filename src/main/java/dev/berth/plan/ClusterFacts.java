package dev.berth.plan;

import dev.berth.plan.SandboxClass.Canary;
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
 * @param classes those for sandboxes, in the configured order of preference
 */
public record ClusterFacts(
    boolean known,
    List<SandboxClass> classes,
    ClusterAdmission admission,
    ClusterNetwork network,
    ClusterOffer offer) {

  public static final ClusterFacts UNKNOWN =
      new ClusterFacts(false, List.of(), ClusterAdmission.UNKNOWN, ClusterNetwork.UNKNOWN);

  public ClusterFacts {
    classes = List.copyOf(classes);
  }

  /** Without anything that pods and claims may name. */
  public ClusterFacts(
      boolean known,
      List<SandboxClass> classes,
      ClusterAdmission admission,
      ClusterNetwork network) {
    this(known, classes, admission, network, ClusterOffer.UNKNOWN);
  }

  public ClusterFacts with(ClusterOffer named) {
    return new ClusterFacts(known, classes, admission, network, named);
  }

  /** As long as it is not proven that what mends the policies of before is in force. */
  public ClusterFacts withFaultsOf(ClusterFacts before) {
    return new ClusterFacts(
        known, classes, admission.withFaultsOf(before.admission()), network, offer);
  }

  /**
   * These, as they are if pods that were not tried yet turn out as the policies promise: to say
   * what would be done, never to do it.
   */
  public ClusterFacts asPromised() {
    Canary promised = admission.mutating() ? Canary.DEFAULTS : Canary.DENIES;
    List<SandboxClass> kept =
        classes.stream().map(c -> c.canary() == Canary.UNPROVEN ? c.with(promised) : c).toList();
    return new ClusterFacts(known, kept, admission, network, offer);
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

  /**
   * What open tenants are safe by, and limited by: without what changes whenever a node like others
   * comes or goes.
   */
  public ClusterFacts guarantees() {
    List<SandboxClass> bare = classes.stream().map(SandboxClass::withLargestNode).toList();
    ClusterNetwork bareNetwork = new ClusterNetwork(network.engine(), List.of(), network.dns());
    return new ClusterFacts(known, bare, admission.ofAnyVersion(), bareNetwork, offer);
  }

  private Optional<SandboxClass> first(Predicate<SandboxClass> wanted) {
    return classes.stream().filter(wanted).findFirst();
  }
}
