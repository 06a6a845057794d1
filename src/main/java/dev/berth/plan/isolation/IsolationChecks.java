package dev.berth.plan.isolation;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Plan;
import dev.berth.plan.Resource;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.capacity.Budget;
import dev.berth.plan.decide.ChosenClass;
import dev.berth.plan.isolation.IsolationCheck.Bound;
import dev.berth.plan.isolation.IsolationCheck.PodDefaulted;
import dev.berth.plan.isolation.IsolationCheck.PodRefused;
import dev.berth.plan.isolation.IsolationCheck.PodsInside;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that must hold of an open tenant, as questions to the API server. Pure. */
public final class IsolationChecks {

  /** Where a foothold would be one in the cluster itself. */
  static final List<String> OF_THE_CLUSTER = List.of("kube-system", "berth-system");

  private final TenantId tenant;
  private final TenantSpec spec;
  private final Plan plan;
  private final @Nullable SandboxClass runtime;
  private final Set<Subject> owners;
  private final Set<Subject> viewers;
  private final RightChecks rights;
  private final List<IsolationCheck> checks = new ArrayList<>();

  private IsolationChecks(
      TenantId tenant,
      TenantSpec spec,
      Plan plan,
      @Nullable SandboxClass runtime,
      @Nullable List<RoleGrant> grants) {
    this.tenant = tenant;
    this.spec = spec;
    this.plan = plan;
    this.runtime = runtime;
    this.owners = new LinkedHashSet<>(spec.owners());
    this.viewers = new LinkedHashSet<>(spec.viewers());
    viewers.removeAll(owners);
    Set<Subject> askedEverything =
        new Representatives(
                owners,
                viewers,
                Set.copyOf(plan.access().debuggers(spec)),
                Representatives.namespaces(tenant, plan))
            .among(grants);
    this.rights = new RightChecks(plan, askedEverything, checks);
  }

  /**
   * Empty for a tenant that is to have nothing.
   *
   * @param grants the bindings at {@link #places}: most of a tenant's people have the same rights
   *     by them, and are asked for little. null = not known, and everybody is asked everything
   */
  public static List<IsolationCheck> of(
      Tenant tenant, Plan plan, ClusterFacts facts, @Nullable List<RoleGrant> grants) {
    TenantSpec spec = tenant.desired().spec();
    SandboxClass runtime = ChosenClass.kept(tenant.status(), plan, facts).sandbox();
    return spec == null
        ? List.of()
        : new IsolationChecks(tenant.id(), spec, plan, runtime, grants).all();
  }

  /** The namespaces in which rights are asked for; beside them it is the cluster as a whole. */
  public static Set<String> places(Tenant tenant, Plan plan) {
    Set<String> places = Representatives.namespaces(tenant.id(), plan);
    places.addAll(OF_THE_CLUSTER);
    return places;
  }

  private List<IsolationCheck> all() {
    Budget budget = new Budget(plan, runtime, plan.sandbox().count().granted(spec.sandboxes()));
    budget
        .quotas()
        .forEach((name, hard) -> {
          String namespace = tenant.namespace(name);
          pods(namespace);
          bound(namespace, hard, budget);
          owners.forEach(owner -> rights.owner(owner, namespace));
          viewers.forEach(viewer -> rights.viewer(viewer, namespace));
        });
    owners.forEach(rights::outside);
    viewers.forEach(rights::outside);
    return List.copyOf(checks);
  }

  private void pods(String namespace) {
    String runtimeClass = runtime == null ? "" : runtime.name();
    Set<Escape> escapes = EnumSet.allOf(Escape.class);
    escapes.removeIf(Escape::isFromSandbox);
    if (runtime != null) {
      checks.add(new PodRefused(namespace, Escape.PROBE_CLASS, runtimeClass));
      checks.add(new PodsInside(namespace, runtimeClass));
      checks.add(
          runtime.canary() == SandboxClass.Canary.DEFAULTS
              ? new PodDefaulted(namespace, runtimeClass)
              : new PodRefused(namespace, Escape.NO_CLASS, runtimeClass));
    }
    escapes.forEach(escape -> checks.add(new PodRefused(namespace, escape, runtimeClass)));
  }

  private void bound(String namespace, Map<String, String> hard, Budget budget) {
    checks.add(new Bound(new Resource.ResourceQuota(namespace, hard)));
    checks.add(new Bound(budget.limits(namespace)));
  }
}
