package dev.berth.plan.decide;

import static java.util.Objects.requireNonNull;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Plan;
import dev.berth.plan.Recorded;
import dev.berth.plan.Resource;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work.Finding;
import dev.berth.plan.capacity.Budget;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way to an open tenant: its namespaces with all that guards them, the proofs that the guards
 * hold, and then, after all of them, access.
 */
final class Opening {

  private final TenantId tenant;
  private final TenantSpec spec;
  private final Plan plan;
  private final Recorded recorded;
  private final ClusterFacts facts;
  private final @Nullable SandboxClass runtime;
  private final Standing standing;

  /**
   * The way onto that plan.
   *
   * @param tenant one of which something is wanted
   * @param runtime null = the plan is shared, or there is no class for it
   */
  Opening(
      Tenant tenant,
      Plan plan,
      Standing standing,
      ClusterFacts facts,
      @Nullable SandboxClass runtime) {
    this.tenant = tenant.id();
    this.spec = requireNonNull(tenant.desired().spec());
    this.plan = plan;
    this.recorded = standing.recorded().with(tenant.namespaces());
    this.facts = facts;
    this.runtime = runtime;
    this.standing = standing;
  }

  List<String> namespaces() {
    return plan.namespaces().stream().map(n -> tenant.namespace(n.name())).toList();
  }

  /** Whether access is open in every namespace of the plan: then none is opened again. */
  boolean isDone(Status status) {
    return status.conditions().isTrue(ConditionType.AccessReady)
        && namespaces().stream().noneMatch(this::wasNeverOpen);
  }

  void open(int sandboxes, Steps steps) {
    List<String> staying = staying().toList();
    guard(staying, sandboxes, steps)
        .forEach((namespace, guards) -> prove(namespace, guards, steps));
    List<String> guarded = steps.ends();
    staying.forEach(namespace -> open(namespace, guarded, steps));
  }

  /**
   * Keeps the guards of existing namespaces; creates none, and gives no access. While the class is
   * missing they keep its name, by which pods are denied; quotas cannot be computed.
   */
  void keep(Status status, Steps steps) {
    List<String> made =
        staying().filter(n -> recorded.uid(Resource.Key.ofNamespace(n)) != null).toList();
    if (runtime != null || plan.isolation() == Plan.Isolation.SHARED) {
      int granted = Math.max(status.sandboxes().granted(), plan.sandbox().count().min());
      Map<String, List<String>> guards = guard(made, granted, steps);
      if (runtime != null && standing.disproven().isPresent()) {
        // What is held back would never be proven, and stay closed when all is well again.
        guards.forEach((namespace, after) -> prove(namespace, runtime, after, steps));
      }
    } else if (!status.runtimes().isEmpty()) {
      String away = status.runtimes().getLast().name();
      made.forEach(
          namespace -> network(namespace, List.of(namespace(namespace, away, steps)), steps));
    }
  }

  private Stream<String> staying() {
    return namespaces().stream().filter(namespace -> !standing.leaving().contains(namespace));
  }

  /** What must be gone before it can be made again. */
  List<Finding> waiting() {
    return namespaces().stream()
        .filter(standing.leaving()::contains)
        .map(namespace ->
            new Finding(
                ConditionType.NamespacesReady,
                Reason.Pending,
                "Namespace %s was dropped by an earlier plan; it is created again once it is gone"
                    .formatted(namespace)))
        .toList();
  }

  /** The last steps in each namespace. */
  private Map<String, List<String>> guard(List<String> namespaces, int sandboxes, Steps steps) {
    Budget budget = new Budget(plan, runtime, sandboxes);
    Map<String, List<String>> guards = new LinkedHashMap<>();
    budget
        .quotas()
        .forEach((name, hard) -> {
          String namespace = tenant.namespace(name);
          if (namespaces.contains(namespace)) {
            guards.put(namespace, guard(namespace, budget, hard, steps));
          }
        });
    return guards;
  }

  private List<String> guard(
      String namespace, Budget budget, Map<String, String> hard, Steps steps) {
    String runtimeClass = runtime == null ? null : runtime.name();
    List<String> created = List.of(namespace(namespace, runtimeClass, steps));
    String quota = steps.apply(new Resource.ResourceQuota(namespace, hard), created);
    List<String> guards =
        List.of(
            steps.apply(new Resource.ServiceAccount(namespace), created),
            network(namespace, created, steps),
            quota,
            steps.apply(budget.limits(namespace), created));
    steps.verify(namespace, new Proof.QuotaBinds(), List.of(quota));
    return guards;
  }

  private String namespace(String namespace, @Nullable String runtimeClass, Steps steps) {
    return steps.apply(
        new Resource.Namespace(
            namespace,
            NamespaceLabels.of(spec, plan, runtimeClass),
            NamespaceAnnotations.of(plan, runtime, facts.offer())),
        List.of());
  }

  private String network(String namespace, List<String> created, Steps steps) {
    return steps.apply(
        NetworkRules.policy(namespace, namespaces(), plan.network(), facts.network()), created);
  }

  private void prove(String namespace, List<String> guards, Steps steps) {
    if (runtime != null) {
      prove(namespace, runtime, guards, steps);
    }
    // Pods that replace them are judged by the new rules.
    standing
        .unfit(namespace, plan, runtime)
        .ifPresent(unfit -> steps.evictUnfit(namespace, unfit, guards));
  }

  private void prove(String namespace, SandboxClass runtime, List<String> guards, Steps steps) {
    steps.verify(namespace, new Proof.ProbeDenied(), guards);
    if (runtime.canary() != SandboxClass.Canary.DEFAULTS) {
      steps.verify(namespace, new Proof.ClassRequired(), guards);
    } else if (wasNeverOpen(namespace)) {
      steps.verify(namespace, new Proof.ClassDefaulted(runtime), guards);
    }
  }

  /** Then it is empty as well: only the tenant creates pods in it. */
  private boolean wasNeverOpen(String namespace) {
    return recorded.uid(Bindings.owner(namespace, List.of()).key()) == null;
  }

  private void open(String namespace, List<String> guarded, Steps steps) {
    if (standing.tenant().isFrozen()) {
      // An object without subjects meets a late creation.
      Entitlement.NOBODY.in(namespace).forEach(nobody -> steps.close(nobody, guarded));
      return;
    }
    steps.apply(Bindings.owner(namespace, spec.owners()), guarded);
    grant(Bindings.viewer(namespace, spec.viewers()), guarded, steps);
    grant(Bindings.debug(namespace, plan.access().debuggers(spec)), guarded, steps);
  }

  private void grant(Resource.RoleBinding binding, List<String> guarded, Steps steps) {
    if (!binding.subjects().isEmpty()) {
      steps.apply(binding, guarded);
    } else if (recorded.uid(binding.key()) != null) {
      steps.close(binding, guarded);
    }
  }
}
