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
import dev.berth.plan.isolation.IsolationCheck.Right;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that must hold of an open tenant, as questions to the API server. Pure. */
public final class IsolationChecks {

  /** Where a foothold would be one in the cluster itself. */
  private static final List<String> OF_THE_CLUSTER = List.of("kube-system", "berth-system");

  private final TenantId tenant;
  private final TenantSpec spec;
  private final Plan plan;
  private final @Nullable SandboxClass runtime;
  private final Set<Subject> owners;
  private final Set<Subject> viewers;
  private final Set<Subject> askedEverything;
  private final List<IsolationCheck> checks = new ArrayList<>();

  private IsolationChecks(
      TenantId tenant,
      TenantSpec spec,
      Plan plan,
      @Nullable SandboxClass runtime,
      @Nullable List<Grant> grants) {
    this.tenant = tenant;
    this.spec = spec;
    this.plan = plan;
    this.runtime = runtime;
    this.owners = new LinkedHashSet<>(spec.owners());
    this.viewers = new LinkedHashSet<>(spec.viewers());
    viewers.removeAll(owners);
    this.askedEverything = askedEverything(grants);
  }

  /**
   * Empty for a tenant that is to have nothing.
   *
   * @param grants the bindings at {@link #places}: most of a tenant's people have the same rights
   *     by them, and are asked for little. null = not known, and everybody is asked everything
   */
  public static List<IsolationCheck> of(
      Tenant tenant, Plan plan, ClusterFacts facts, @Nullable List<Grant> grants) {
    TenantSpec spec = tenant.desired().spec();
    SandboxClass runtime = ChosenClass.of(tenant.status(), plan, facts, Map.of()).sandbox();
    return spec == null
        ? List.of()
        : new IsolationChecks(tenant.id(), spec, plan, runtime, grants).all();
  }

  /** The namespaces in which rights are asked for; beside them it is the cluster as a whole. */
  public static Set<String> places(Tenant tenant, Plan plan) {
    Set<String> places = namespaces(tenant.id(), plan);
    places.addAll(OF_THE_CLUSTER);
    return places;
  }

  private static Set<String> namespaces(TenantId tenant, Plan plan) {
    return plan.namespaces().stream()
        .map(space -> tenant.namespace(space.name()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<Subject> askedEverything(@Nullable List<Grant> grants) {
    if (grants == null) {
      Set<Subject> everybody = new HashSet<>(owners);
      everybody.addAll(viewers);
      return everybody;
    }
    Set<Subject> debuggers = Set.copyOf(plan.access().debuggers(spec));
    return new Representatives(owners, viewers, debuggers, namespaces(tenant, plan)).among(grants);
  }

  private List<IsolationCheck> all() {
    Budget budget = new Budget(plan, runtime, plan.sandbox().count().granted(spec.sandboxes()));
    budget
        .quotas()
        .forEach((name, hard) -> {
          String namespace = tenant.namespace(name);
          pods(namespace);
          bound(namespace, hard, budget);
          owners.forEach(owner -> owner(owner, namespace));
          viewers.forEach(viewer -> viewer(viewer, namespace));
        });
    owners.forEach(this::outside);
    viewers.forEach(this::outside);
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

  private void owner(Subject owner, String namespace) {
    if (!askedEverything.contains(owner)) {
      ask(namespace, owner, List.of(Representatives.FIRST_OF_OWNERS), true);
      ask(namespace, owner, List.of(Representatives.MORE_RIGHTS), false);
      return;
    }
    ask(namespace, owner, TenantRights.NEEDED_BY_OWNERS, true);
    closed(namespace, owner, TenantRights.closedIn(namespace));
    boolean debug = plan.access().ephemeralContainers();
    ask(namespace, owner, List.of(TenantRights.DEBUG), debug);
  }

  private void viewer(Subject viewer, String namespace) {
    if (!askedEverything.contains(viewer)) {
      ask(namespace, viewer, List.of(Representatives.FIRST_OF_VIEWERS), true);
      ask(
          namespace,
          viewer,
          List.of(Representatives.READ_SECRETS, Representatives.MORE_RIGHTS),
          false);
      return;
    }
    ask(namespace, viewer, TenantRights.NEEDED_BY_VIEWERS, true);
    ask(namespace, viewer, TenantRights.CLOSED_TO_VIEWERS, false);
    closed(namespace, viewer, TenantRights.closedIn(namespace));
    ask(namespace, viewer, List.of(TenantRights.DEBUG), false);
  }

  private void outside(Subject subject) {
    if (!askedEverything.contains(subject)) {
      ask("", subject, Representatives.WORST_IN_THE_CLUSTER, false);
      return;
    }
    OF_THE_CLUSTER.forEach(
        namespace -> ask(namespace, subject, TenantRights.CLOSED_ELSEWHERE, false));
    closed("", subject, TenantRights.CLOSED_IN_THE_CLUSTER);
  }

  /** To everybody: neither for themselves nor in the name of somebody else. */
  private void closed(String namespace, Subject who, List<Permission> permissions) {
    ask(namespace, who, permissions, false);
    ask(namespace, who, TenantRights.AS_SOMEBODY_ELSE, false);
  }

  private void ask(String namespace, Subject who, List<Permission> permissions, boolean allowed) {
    permissions.forEach(p -> checks.add(new Right(namespace, who, p, allowed)));
  }
}
