package dev.berth.nodepool.decide;

import static java.util.stream.Collectors.joining;

import dev.berth.nodepool.Aspect;
import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolCondition;
import dev.berth.nodepool.PoolIntent;
import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.preflight.PoolFinding;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is said of a pool, aspect by aspect. */
record PoolVerdicts(NodePool pool, PoolSight sight, PoolState state, PoolWrites writes) {

  /** How long nodes that the cloud has may take to become Ready in the cluster. */
  static final Duration NODES_DEADLINE = Duration.ofMinutes(30);

  PoolCondition reachable() {
    return condition(Aspect.Reachable, Reason.Verified, "Azure answers");
  }

  PoolCondition fit() {
    List<PoolFinding> all =
        Stream.concat(sight.preflight().stream(), sight.growth().findings().stream())
            .filter(finding -> finding.reason() != Reason.NodePoolFull)
            .toList();
    List<PoolFinding> refusals = all.stream().filter(PoolFinding::refuses).toList();
    List<PoolFinding> said = refusals.isEmpty() ? all : refusals;
    return said.isEmpty()
        ? condition(Aspect.Fit, Reason.Verified, "nothing is known to forbid the pool")
        : condition(
            Aspect.Fit,
            said.getFirst().reason(),
            said.stream().map(PoolFinding::message).collect(joining(". Also: ")));
  }

  PoolCondition provisioned() {
    if (writes.isHeldBack()) {
      return before(Aspect.Provisioned)
          .orElseGet(() -> provisioned(Reason.Waiting, "is not asked for yet after a failure"));
    }
    if (writes.waitsForCluster()) {
      return provisioned(
          Reason.CloudBusy,
          "another operation is in progress on the cluster, which takes one at a time; it continues automatically");
    }
    PoolReading existing = state.existing();
    return existing == null ? missing() : present(existing);
  }

  private PoolCondition missing() {
    PoolIntent write = writes.next();
    if (write != null) {
      return provisioned(
          Reason.NodePoolCreating,
          "is being created with %s of %s".formatted(nodes(write.count()), vmSize()));
    }
    if (sight.growth().nodes() == 0) {
      return provisioned(Reason.NotRequired, "no tenant needs it, so it is not created");
    }
    return state.isFit() && !sight.means().ensures()
        ? provisioned(Reason.NoSandboxNode, "does not exist; " + wouldWrite("create it with"))
        : provisioned(Reason.Waiting, "is not created as long as something forbids it");
  }

  private PoolCondition present(PoolReading existing) {
    if (state.isUnderWay()) {
      boolean creating = existing.state().equals("Creating");
      return provisioned(
          creating ? Reason.NodePoolCreating : Reason.NodePoolGrowing,
          "Azure is at work on it (%s), %s".formatted(existing.state(), nodes(state.provided())));
    }
    if (!state.isOwn()) {
      return provisioned(
          Reason.Applied,
          "exists with %s and was not made by this Berth (tag %s), so it is used and never changed"
              .formatted(nodes(state.provided()), NodePool.OWNER_TAG));
    }
    CloudFailure failure = state.failure();
    return failure == null ? own() : failed(failure);
  }

  /** What the failure means was judged when it was read. */
  private PoolCondition failed(CloudFailure failure) {
    if (writes.next() != null) {
      return provisioned(Reason.NodePoolGrowing, "failed before and is being asked for once more");
    }
    return before(Aspect.Provisioned)
        .orElseGet(() ->
            provisioned(
                Reason.CloudUnexpected,
                "failed: %s: %s".formatted(failure.code(), failure.message())));
  }

  private PoolCondition own() {
    if (writes.next() != null) {
      return provisioned(
          Reason.NodePoolGrowing,
          "is being enlarged from %d to %s"
              .formatted(state.provided(), nodes(sight.growth().nodes())));
    }
    return provisioned(Reason.Applied, "exists with " + nodes(state.provided()));
  }

  PoolCondition sufficient() {
    Optional<PoolFinding> full =
        sight.growth().findings().stream()
            .filter(finding -> finding.reason() == Reason.NodePoolFull)
            .findFirst();
    if (full.isPresent()) {
      return condition(Aspect.Sufficient, Reason.NodePoolFull, full.get().message());
    }
    if (!state.lacksNodes()) {
      return condition(
          Aspect.Sufficient,
          Reason.Placed,
          "%s for what tenants need: %s"
              .formatted(nodes(state.provided()), nodes(sight.growth().nodes())));
    }
    return lacking();
  }

  private PoolCondition lacking() {
    String numbers =
        "tenants need %s, it has %d".formatted(nodes(sight.growth().nodes()), state.provided());
    if (!sight.means().ensures()) {
      return condition(
          Aspect.Sufficient, Reason.NoSandboxNode, numbers + "; " + wouldWrite("give it"));
    }
    return state.isMissing() || state.isOwn()
        ? condition(
            Aspect.Sufficient,
            state.isMissing() ? Reason.NodePoolCreating : Reason.NodePoolGrowing,
            numbers)
        : condition(
            Aspect.Sufficient,
            Reason.NodePoolForeign,
            numbers
                + "; it was not made by this Berth, which never changes it: enlarge it, or delete it and Berth makes one");
  }

  PoolCondition nodesReady() {
    int ready = sight.seen().ready();
    int expected = Math.min(state.provided(), sight.growth().nodes());
    String count = "%d of %s Ready".formatted(ready, nodes(state.provided()));
    if (sight.growth().nodes() == 0 && ready == 0) {
      return condition(Aspect.NodesReady, Reason.NotRequired, "no tenant needs a node");
    }
    if (ready > 0 && ready >= expected) {
      return condition(Aspect.NodesReady, Reason.NodesReady, count);
    }
    if (state.provided() == 0 || state.isUnderWay()) {
      return condition(Aspect.NodesReady, Reason.Waiting, count + ", and Azure is not done yet");
    }
    return isOverdue()
        ? condition(Aspect.NodesReady, Reason.NoSandboxNode, count + overdue())
        : condition(Aspect.NodesReady, Reason.NodesStarting, count);
  }

  private boolean isOverdue() {
    return before(Aspect.NodesReady).stream()
        .anyMatch(c ->
            c.reason() == Reason.NoSandboxNode
                || (c.reason() == Reason.NodesStarting
                    && c.since().plus(NODES_DEADLINE).isBefore(sight.means().now())));
  }

  private static String overdue() {
    return " for more than %d minutes: look at the nodes with kubectl get nodes; on a cluster that has its first such pool, az aks update without any change may be needed"
        .formatted(NODES_DEADLINE.toMinutes());
  }

  private String wouldWrite(String what) {
    return "with berth.azure.mode=ensure Berth would %s %s of %s"
        .formatted(what, nodes(sight.growth().nodes()), vmSize());
  }

  private String vmSize() {
    return pool.terms().vmSize();
  }

  private static String nodes(int count) {
    return count == 1 ? "1 node" : count + " nodes";
  }

  private Optional<PoolCondition> before(Aspect aspect) {
    return pool.progress().conditions().get(aspect);
  }

  private PoolCondition provisioned(Reason reason, String what) {
    return condition(Aspect.Provisioned, reason, "node pool %s %s".formatted(pool.name(), what));
  }

  private PoolCondition condition(Aspect aspect, Reason reason, String message) {
    return new PoolCondition(aspect, reason, message, sight.means().now());
  }
}
