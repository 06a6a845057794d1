package dev.berth.plan.decide;

import static java.util.stream.Collectors.joining;

import dev.berth.plan.ClusterAdmission.PolicyFault;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.Overhead;
import dev.berth.plan.Plan;
import dev.berth.plan.Quantity;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work.Finding;
import dev.berth.plan.capacity.Footprint;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a plan needs from the cluster before any tenant may be opened on it. */
final class Preconditions {

  private static final int NAMED = 5;
  private static final String INSTALL = "; run: kubectl apply -k k8s/policies";

  private final Plan plan;
  private final ClusterFacts facts;
  private final @Nullable SandboxClass runtime;
  private final List<Finding> findings = new ArrayList<>();

  private Preconditions(Plan plan, ClusterFacts facts, @Nullable SandboxClass runtime) {
    this.plan = plan;
    this.facts = facts;
    this.runtime = runtime;
  }

  /** Whatever is missing, and what is settled without touching the cluster. */
  static List<Finding> of(Plan plan, ClusterFacts facts, ChosenClass runtime) {
    Preconditions preconditions = new Preconditions(plan, facts, runtime.sandbox());
    if (!facts.known()) {
      preconditions.find(
          ConditionType.RuntimeEnforced,
          Reason.FactsUnknown,
          "RuntimeClasses, nodes and policies of the cluster have not all been read yet; work continues automatically once they"
              + " have: if it does not, check that Berth reaches the API server and may read them");
    } else {
      preconditions.judge(runtime);
    }
    return preconditions.findings;
  }

  /** What enforces the network policies of a tenant, where that is known. */
  static Optional<Finding> enforced(ClusterNetwork network) {
    return Optional.ofNullable(network.engine())
        .map(engine ->
            new Finding(
                ConditionType.NetworkIsolated,
                Reason.Applied,
                "the network policy exists, and " + engine + " enforces it" + ending(engine)));
  }

  /** Azure's own engine is the one with an end in sight. */
  private static String ending(String engine) {
    return engine.equals("azure")
        ? ", until it ends on 2028-09-30 for Linux nodes: move the cluster to Cilium before"
        : "";
  }

  private void judge(ChosenClass chosen) {
    if (plan.isolation() == Plan.Isolation.SANDBOXED) {
      if (chosen.fault() != null) {
        findings.add(chosen.fault());
      }
      probe();
      findings.addAll(policies(facts.admission().faultsFor(Plan.Isolation.SANDBOXED)));
      if (runtime != null) {
        canary(runtime);
        findings.add(nodes(plan, runtime));
      }
    } else {
      findings.addAll(policies(facts.admission().faultsFor(Plan.Isolation.SHARED)));
      find(
          ConditionType.RuntimeEnforced,
          Reason.NotRequired,
          "plan " + plan.id() + " is shared: its pods run without a sandbox");
      find(
          ConditionType.NodePoolReady,
          Reason.NotRequired,
          "plan " + plan.id() + " is shared: its pods run on any node");
    }
    findings.addAll(network(plan, facts));
  }

  private void probe() {
    if (!facts.admission().probe()) {
      find(
          ConditionType.RuntimeEnforced,
          Reason.ProbeClassMissing,
          "RuntimeClass berth-probe, which proves the sandbox policy, is missing" + INSTALL);
    }
  }

  /** What these faults mean for a tenant that they concern. */
  static List<Finding> policies(List<PolicyFault> faults) {
    return Stream.of(
            policies(Reason.PolicyMissing, "missing in the cluster: ", faults),
            policies(Reason.PolicyAltered, "not as Berth ships it: ", faults),
            policies(
                Reason.PolicyOutdated,
                "policies of the previous release are still in force, so access is given to no one new: ",
                faults))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The first of them are named: what is to be done must not be cut off. */
  private static Optional<Finding> policies(Reason reason, String what, List<PolicyFault> faults) {
    List<PolicyFault> such = faults.stream().filter(f -> f.reason() == reason).toList();
    if (such.isEmpty()) {
      return Optional.empty();
    }
    String named = such.stream().limit(NAMED).map(PolicyFault::toString).collect(joining(", "));
    String others = such.size() > NAMED ? " and " + (such.size() - NAMED) + " more" : "";
    return Optional.of(
        new Finding(ConditionType.RuntimeEnforced, reason, what + named + others + INSTALL));
  }

  private void canary(SandboxClass runtime) {
    switch (runtime.canary()) {
      case DEFAULTS -> {}
      case DENIES ->
          find(
              ConditionType.RuntimeEnforced,
              Reason.ClassRequired,
              "this cluster does not set a RuntimeClass (its API server %s) and denies pods without one: put"
                      .formatted(mutating())
                  + " \"runtimeClassName: %s\" into the spec of each pod and of each pod template"
                      .formatted(runtime.name()));
      case UNPROVEN ->
          find(
              ConditionType.RuntimeEnforced,
              Reason.ProofInconclusive,
              "it is not proven yet that pods outside RuntimeClass %s are denied; it is tried again automatically, Berth's log"
                      .formatted(runtime.name())
                  + " says what interfered");
      case OPEN -> findings.add(open(runtime));
    }
  }

  static Finding open(SandboxClass runtime) {
    return new Finding(
        ConditionType.RuntimeEnforced,
        Reason.SandboxUnproven,
        "a pod outside RuntimeClass %s would be admitted: policy berth-sandbox or its binding has no effect"
                .formatted(runtime.name())
            + INSTALL);
  }

  private String mutating() {
    return facts.admission().mutating()
        ? "does not carry out MutatingAdmissionPolicy berth-sandbox-default"
        : "does not serve MutatingAdmissionPolicy v1";
  }

  /** Whether the nodes of the class take a sandbox of the plan. */
  static Finding nodes(Plan plan, SandboxClass runtime) {
    if (runtime.readyNodes() <= 0) {
      return nodes(
          Reason.NoSandboxNode,
          "no Ready node takes pods of RuntimeClass %s (node selector %s); %s"
              .formatted(runtime.name(), new TreeMap<>(runtime.nodeSelector()), remedy(runtime)));
    }
    Footprint one = Footprint.of(plan.sandbox(), runtime);
    return one.fittingInto(runtime.largestMemory(), runtime.largestCpu()) < 1
        ? nodes(Reason.NodeTooSmall, tooSmall(plan, runtime, one))
        : nodes(
            Reason.NodesReady,
            "nodes for RuntimeClass " + runtime.name() + " are Ready" + overhead(plan, runtime));
  }

  private static Finding nodes(Reason reason, String message) {
    return new Finding(ConditionType.NodePoolReady, reason, message);
  }

  private static String remedy(SandboxClass runtime) {
    return runtime.taints().isEmpty()
        ? "start or add nodes of its pool"
        : "the Ready nodes of its pool have taints that the class does not tolerate (%s): remove them, or add them to its tolerations"
            .formatted(String.join(", ", runtime.taints()));
  }

  private static String overhead(Plan plan, SandboxClass runtime) {
    long advised = Overhead.advised(plan.sandbox().memory());
    return runtime.memoryOverhead() >= advised
        ? ""
        : "; its overhead of %s memory is less than the %s advised for a sandbox of %s, so the nodes may run short: define a class with more, and name it in berth.kubernetes.runtime-classes"
            .formatted(
                Quantity.bytes(runtime.memoryOverhead()),
                Quantity.bytes(advised),
                Quantity.bytes(plan.sandbox().memory()));
  }

  private static String tooSmall(Plan plan, SandboxClass runtime, Footprint one) {
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

  /** What the plan's rules for the network lack in this cluster, and what it waives. */
  static List<Finding> network(Plan plan, ClusterFacts facts) {
    List<Finding> findings = new ArrayList<>();
    EgressRules.faults(plan.network().egress(), facts.network())
        .forEach(fault ->
            findings.add(
                new Finding(
                    ConditionType.NetworkIsolated,
                    Reason.EgressNotAllowed,
                    "network.egress of plan " + plan.id() + " " + fault)));
    if (facts.network().engine() == null) {
      findings.add(
          plan.network().requireEngine()
              ? engineRequired("plan " + plan.id())
              : new Finding(
                  ConditionType.NetworkIsolated,
                  Reason.NetworkEngineUnknown,
                  "nothing is known to enforce NetworkPolicy isolation in this cluster; plan "
                      + plan.id()
                      + " waives that (network.requireEngine: false)"));
    }
    return findings;
  }

  static Finding engineRequired(String by) {
    return new Finding(
        ConditionType.NetworkIsolated,
        Reason.NetworkEngineRequired,
        by
            + " requires an engine that enforces network policies, and none is known in the cluster; install Cilium,"
            + " Calico or Azure network policies, or release a version with network.requireEngine: false");
  }

  private void find(ConditionType type, Reason reason, String message) {
    findings.add(new Finding(type, reason, message));
  }
}
