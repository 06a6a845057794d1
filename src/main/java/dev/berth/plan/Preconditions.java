package dev.berth.plan;

import static java.util.stream.Collectors.joining;

import dev.berth.plan.Work.Finding;
import dev.berth.tenant.ConditionType;
import dev.berth.tenant.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a plan needs from the cluster before any tenant may be opened on it. */
final class Preconditions {

  private static final String INSTALL = "; run: kubectl apply -k k8s/policies";

  private final Plan plan;
  private final ClusterFacts facts;
  private final @Nullable SandboxClass runtime;
  private final List<Finding> findings = new ArrayList<>();

  private Preconditions(Plan plan, ClusterFacts facts) {
    this.plan = plan;
    this.facts = facts;
    this.runtime = facts.sandboxFor(plan.sandbox());
  }

  /** Whatever is missing, and what is settled without touching the cluster. */
  static List<Finding> of(Plan plan, ClusterFacts facts) {
    Preconditions preconditions = new Preconditions(plan, facts);
    if (!facts.known()) {
      preconditions.find(
          ConditionType.RuntimeEnforced,
          Reason.FactsUnknown,
          "RuntimeClasses, nodes and policies of the cluster are not all read yet; this goes on by itself once they"
              + " are: if it does not, see whether Berth reaches the API server and may read them");
    } else {
      preconditions.judge();
    }
    return preconditions.findings;
  }

  private void judge() {
    if (plan.isolation() == Plan.Isolation.SANDBOXED) {
      runtimeClasses();
      policies();
      nodes();
    } else {
      find(
          ConditionType.RuntimeEnforced,
          Reason.NotRequired,
          "plan " + plan.id() + " is shared: its pods run without a sandbox");
      find(
          ConditionType.NodePoolReady,
          Reason.NotRequired,
          "plan " + plan.id() + " is shared: its pods run on any node");
    }
    networkEngine();
  }

  private void runtimeClasses() {
    if (runtime == null) {
      find(
          ConditionType.RuntimeEnforced,
          Reason.RuntimeClassMissing,
          "the cluster has no RuntimeClass for sandboxes, which plan "
              + plan.id()
              + " needs; add a node pool with workload runtime KataVmIsolation, or a RuntimeClass with handler kata");
    }
    if (!facts.probe()) {
      find(
          ConditionType.RuntimeEnforced,
          Reason.ProbeClassMissing,
          "RuntimeClass berth-probe, which proves the sandbox policy, is missing" + INSTALL);
    }
  }

  private void policies() {
    String missing =
        facts.policies().stream()
            .filter(fault -> fault.difference() == null)
            .map(ClusterFacts.PolicyFault::object)
            .collect(joining(", "));
    String altered =
        facts.policies().stream()
            .filter(fault -> fault.difference() != null)
            .map(fault -> fault.object() + " (" + fault.difference() + ")")
            .collect(joining(", "));
    if (!missing.isEmpty()) {
      find(
          ConditionType.RuntimeEnforced,
          Reason.PolicyMissing,
          "missing in the cluster: " + missing + INSTALL);
    }
    if (!altered.isEmpty()) {
      find(
          ConditionType.RuntimeEnforced,
          Reason.PolicyAltered,
          "not as Berth ships it: " + altered + INSTALL);
    }
  }

  private void nodes() {
    if (runtime == null) {
      return;
    }
    if (runtime.readyNodes() <= 0) {
      find(
          ConditionType.NodePoolReady,
          Reason.NoSandboxNode,
          "no Ready node takes pods of RuntimeClass %s (node selector %s); start or add nodes of its pool"
              .formatted(runtime.name(), new TreeMap<>(runtime.nodeSelector())));
      return;
    }
    Footprint one = Footprint.of(plan.sandbox(), runtime);
    if (one.fittingInto(runtime.largestMemory(), runtime.largestCpu()) < 1) {
      find(ConditionType.NodePoolReady, Reason.NodeTooSmall, tooSmall(runtime, one));
    } else {
      find(
          ConditionType.NodePoolReady,
          Reason.NodesReady,
          "nodes for RuntimeClass " + runtime.name() + " are Ready");
    }
  }

  private String tooSmall(SandboxClass runtime, Footprint one) {
    return ("one sandbox of plan %s needs %s + %s overhead of RuntimeClass %s = %s memory and %s + %s = %s cpu, the"
            + " largest Ready node has %s and %s; add larger nodes or choose a plan with smaller sandboxes")
        .formatted(
            plan.id(),
            Quantity.bytes(plan.sandbox().memory()),
            Quantity.bytes(runtime.memoryOverhead()),
            runtime.name(),
            Quantity.bytes(one.memory()),
            Quantity.millis(plan.sandbox().cpu()),
            Quantity.millis(runtime.cpuOverhead()),
            Quantity.millis(one.cpu()),
            Quantity.bytes(runtime.largestMemory()),
            Quantity.millis(runtime.largestCpu()));
  }

  private void networkEngine() {
    if (facts.network().engine() != null) {
      return;
    }
    if (plan.network().requireEngine()) {
      find(
          ConditionType.NetworkIsolated,
          Reason.NetworkEngineRequired,
          "plan "
              + plan.id()
              + " requires an engine that enforces network policies, and none is known in the cluster; install Cilium,"
              + " Calico or Azure network policies, or release a version with network.requireEngine: false");
    } else {
      find(
          ConditionType.NetworkIsolated,
          Reason.NetworkEngineUnknown,
          "nothing is known to enforce NetworkPolicy isolation in this cluster; plan "
              + plan.id()
              + " waives that (network.requireEngine: false)");
    }
  }

  private void find(ConditionType type, Reason reason, String message) {
    findings.add(new Finding(type, reason, message));
  }
}
