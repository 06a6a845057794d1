package dev.berth.plan;

import dev.berth.plan.Work.Finding;
import dev.berth.tenant.ConditionType;
import dev.berth.tenant.Reason;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From what a tenant wants to what must happen. */
public final class Planner {

  private static final Finding NOTHING_WANTED =
      new Finding(
          ConditionType.PlacementReady,
          Reason.Pending,
          "no event has said yet what this tenant shall be");

  /**
   * Total: whatever the arguments, it returns. No operation that opens access is among the
   * operations while any fact that the sandbox rests on is missing.
   */
  public Work plan(Tenant tenant, Plan plan, Recorded recorded, ClusterFacts facts) {
    TenantSpec spec = tenant.desired().spec();
    if (spec == null) {
      return new Work(List.of(), List.of(NOTHING_WANTED), Sandboxes.NONE);
    }
    int granted = plan.sandbox().count().granted(spec.sandboxes());
    List<Finding> all = new ArrayList<>(Preconditions.of(plan, facts));
    all.addAll(Allotment.of(plan, spec, granted));
    Recorded known = recorded.with(tenant.namespaces());
    Opening opening = new Opening(tenant.id(), spec, plan, known, facts);
    if (opening.isDone(tenant.status())) {
      all.removeIf(finding -> finding.reason() == Reason.PolicyOutdated);
    }
    List<Finding> findings = onePerCondition(all);
    Sandboxes sandboxes = new Sandboxes(granted, Density.size(plan, facts, granted));

    Steps steps = new Steps(known);
    boolean lost = Guarantee.isLost(tenant, plan, facts, all);
    Revocation revocation = Revocation.of(spec, plan, known, lost);
    opening.namespaces().forEach(namespace -> revocation.revoke(namespace, steps));
    Work revocations = new Work(steps.list(), findings, sandboxes);
    if (revocations.isBlocked()) {
      return revocations.without(Reason.Placed);
    }
    Set<String> dropped = namespaces(tenant, recorded);
    opening.namespaces().forEach(dropped::remove);
    opening.open(granted, steps);
    dropped.forEach(namespace -> Closing.close(namespace, steps));
    List<Finding> settled = new ArrayList<>(findings);
    Preconditions.enforced(facts.network()).ifPresent(settled::add);
    return new Work(steps.list(), settled, sandboxes);
  }

  /**
   * What is left to do for a tenant that something keeps from being planned: those it no longer
   * names lose access.
   */
  public Work held(Tenant tenant, Recorded recorded, Finding why) {
    Recorded known = recorded.with(tenant.namespaces());
    Steps steps = new Steps(known);
    TenantSpec spec = tenant.desired().spec();
    if (spec != null) {
      Revocation revocation = Revocation.ofThoseNotNamed(spec, known);
      namespaces(tenant, recorded).forEach(namespace -> revocation.revoke(namespace, steps));
    }
    return new Work(steps.list(), List.of(why), Sandboxes.NONE);
  }

  /**
   * Everything of the tenant goes: access first, then pods, then the namespaces. Needs no plan and
   * no facts.
   */
  public Work offboard(Tenant tenant, Recorded recorded) {
    Recorded known = recorded.with(tenant.namespaces());
    Steps steps = new Steps(known);
    namespaces(tenant, recorded).forEach(namespace -> Closing.close(namespace, steps));
    return new Work(steps.list(), List.of(), Sandboxes.NONE);
  }

  /** The namespaces that the tenant has, or may have, in the cluster. */
  private static Set<String> namespaces(Tenant tenant, Recorded recorded) {
    Set<String> namespaces = new LinkedHashSet<>();
    tenant.namespaces().stream().map(TenantNamespace::namespace).forEach(namespaces::add);
    recorded.uids().keySet().stream()
        .map(Resource.Key::namespace)
        .sorted(Comparator.naturalOrder())
        .forEach(namespaces::add);
    return namespaces;
  }

  /** Of several faults of one aspect the first gives the reason, and all are told. */
  private static List<Finding> onePerCondition(List<Finding> findings) {
    Map<ConditionType, Finding> byType = new LinkedHashMap<>();
    for (Finding finding : findings) {
      byType.merge(
          finding.type(),
          finding,
          (first, next) ->
              new Finding(
                  first.type(), first.reason(), first.message() + ". Also: " + next.message()));
    }
    return List.copyOf(byType.values());
  }
}
