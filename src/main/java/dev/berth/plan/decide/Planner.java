package dev.berth.plan.decide;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Plan;
import dev.berth.plan.Recorded;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work;
import dev.berth.plan.Work.Finding;
import dev.berth.plan.capacity.Allotment;
import dev.berth.plan.capacity.Density;
import dev.berth.tenant.Desired.Orders;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From what a tenant wants to what must happen. */
public final class Planner {

  private static final Finding NOTHING_WANTED =
      new Finding(
          ConditionType.PlacementReady, Reason.Pending, "no event has described this tenant yet");

  /**
   * What is no fault while the plan's node pool is awaited: it brings its nodes and their class.
   */
  private static final Set<Reason> MISSING_NODES =
      EnumSet.of(Reason.NoSandboxNode, Reason.RuntimeClassMissing);

  private final Map<String, String> moves;

  public Planner() {
    this(Map.of());
  }

  /**
   * A planner that also moves all tenants of a RuntimeClass to another one.
   *
   * @param moves to which RuntimeClass tenants of which one are moved
   * @throws IllegalStateException if tenants would be moved on and on
   */
  public Planner(Map<String, String> moves) {
    moves.forEach((from, to) -> {
      if (!from.equals(to) && moves.containsKey(to)) {
        throw new IllegalStateException(
            "berth.capacity.moves.%s is %s, from which tenants are moved too: name the last class in both"
                .formatted(from, to));
      }
    });
    this.moves = Map.copyOf(moves);
  }

  /**
   * Total: whatever the arguments, it returns. No operation that opens access is among the
   * operations while any fact that the sandbox rests on is missing.
   *
   * @param tenant with its plan version and a row for each of its namespaces
   */
  public Work plan(Tenant tenant, Plan plan, Standing standing, ClusterFacts facts) {
    return plan(tenant, plan, standing, facts, List.of());
  }

  /** The same, but no access is given and nothing new is created, because of {@code why}. */
  public Work withheld(
      Tenant tenant, Plan plan, Standing standing, ClusterFacts facts, Finding why) {
    return plan(tenant, plan, standing, facts, List.of(why));
  }

  private Work plan(
      Tenant tenant, Plan plan, Standing standing, ClusterFacts facts, List<Finding> withheld) {
    TenantSpec spec = tenant.desired().spec();
    if (spec == null) {
      return new Work(List.of(), List.of(NOTHING_WANTED), Sandboxes.NONE);
    }
    int granted = plan.sandbox().count().granted(spec.sandboxes());
    ChosenClass runtime = chosen(tenant, plan, facts);
    Sandboxes sandboxes = new Sandboxes(granted, Density.size(plan, runtime.sandbox(), granted));
    List<Finding> findings = new ArrayList<>(Preconditions.of(plan, facts, runtime));
    findings.addAll(Allotment.of(plan, spec, granted, facts.offer()));
    if (withheld.stream().anyMatch(why -> why.type() == ConditionType.NodePoolReady)) {
      findings.removeIf(found -> MISSING_NODES.contains(found.reason()));
    }
    findings.addAll(withheld);
    Steps steps = new Steps(standing.recorded().with(tenant.namespaces()));
    Opening opening = new Opening(tenant, plan, standing, facts, runtime.sandbox());
    if (opening.isDone(tenant.status())) {
      findings.removeIf(finding -> finding.reason() == Reason.PolicyOutdated);
    }
    if (findings.stream().anyMatch(Finding::blocks)) {
      findings.removeIf(finding -> finding.reason() == Reason.Placed);
      return blocked(standing, plan, facts, findings, sandboxes);
    }
    Guarantee guarantee = Guarantee.of(standing, plan, facts);
    revoke(standing, plan, guarantee, findings, steps);
    Set<String> leaving = standing.namespaces();
    opening.namespaces().stream()
        .filter(n -> !standing.leaving().contains(n))
        .forEach(leaving::remove);
    opening.open(granted, steps);
    if (!standing.tenant().isFrozen()) {
      leaving.forEach(namespace -> Closing.close(namespace, steps));
    }
    findings.addAll(opening.waiting());
    Preconditions.enforced(facts.network()).ifPresent(findings::add);
    return new Work(steps.list(), onePerCondition(findings), sandboxes, guarantee.first());
  }

  /** What is left to do for a tenant that something keeps from being planned. */
  public Work held(Standing standing, ClusterFacts facts, Finding why) {
    return blocked(standing, null, facts, List.of(why), Sandboxes.NONE);
  }

  private static Work blocked(
      Standing standing,
      @Nullable Plan plan,
      ClusterFacts facts,
      List<Finding> why,
      Sandboxes sandboxes) {
    Steps steps = new Steps(standing.recorded().with(standing.tenant().namespaces()));
    Guarantee guarantee = Guarantee.of(standing, facts);
    revoke(standing, plan, guarantee, why, steps);
    keep(standing, facts, steps);
    List<Finding> findings = onePerCondition(lostFirst(guarantee.lost(), why));
    return new Work(steps.list(), findings, sandboxes, guarantee.first());
  }

  /** An open tenant that is held back keeps the guards that it was opened with. */
  private static void keep(Standing standing, ClusterFacts facts, Steps steps) {
    Tenant tenant = standing.tenant();
    Plan plan = standing.plan();
    boolean wanted = tenant.desired().spec() != null;
    if (!standing.isOpened() || !facts.known() || plan == null || !wanted) {
      return;
    }
    SandboxClass runtime = ChosenClass.kept(tenant.status(), plan, facts).sandbox();
    new Opening(tenant, plan, standing, facts, runtime).keep(tenant.status(), steps);
  }

  private static void revoke(
      Standing standing,
      @Nullable Plan plan,
      Guarantee guarantee,
      List<Finding> findings,
      Steps steps) {
    Entitlement entitlement = Entitlement.of(standing, plan, guarantee, findings);
    standing.namespaces().forEach(namespace -> steps.revoke(namespace, entitlement));
  }

  /**
   * Everything of the tenant goes: access first, then pods, then the namespaces. Needs no plan and
   * no facts.
   */
  public Work offboard(Standing standing) {
    return remove(standing.namespaces(), standing.recorded().with(standing.tenant().namespaces()));
  }

  /** The same for namespaces of which nothing is known but themselves. */
  public Work remove(List<TenantNamespace> namespaces) {
    return remove(
        namespaces.stream().map(TenantNamespace::namespace).toList(),
        Recorded.NOTHING.with(namespaces));
  }

  private static Work remove(Collection<String> namespaces, Recorded recorded) {
    Steps steps = new Steps(recorded);
    namespaces.forEach(namespace -> Closing.close(namespace, steps));
    return new Work(steps.list(), List.of(), Sandboxes.NONE);
  }

  /** The RuntimeClass that the tenant's sandboxes are to run in; null = none. */
  public @Nullable SandboxClass runtime(Tenant tenant, Plan plan, ClusterFacts facts) {
    return chosen(tenant, plan, facts).sandbox();
  }

  private ChosenClass chosen(Tenant tenant, Plan plan, ClusterFacts facts) {
    return ChosenClass.of(tenant.status(), tenant.orders().move(), plan, facts, moves);
  }

  /** The tenant as it is to be planned under the plan: without an order that the plan ends. */
  public Tenant heeding(Tenant tenant, Plan plan, ClusterFacts facts) {
    Orders orders = tenant.orders();
    return tenant.with(orders.moved(ChosenClass.heeded(orders.move(), plan, facts)));
  }

  /** Why the tenants of the plan cannot be moved to the class; empty = they can. */
  public Optional<String> unfit(RuntimeClass to, Plan plan, ClusterFacts facts) {
    return ChosenClass.unfit(to, plan, facts);
  }

  /** What is lost gives the reason; what the wanted plan lacks is added to the message. */
  private static List<Finding> lostFirst(List<Finding> lost, List<Finding> wanted) {
    Set<Finding> all = new LinkedHashSet<>();
    for (Finding finding : lost) {
      all.add(
          wanted.stream()
              .filter(w -> w.type() == finding.type() && w.reason() == finding.reason())
              .findFirst()
              .orElse(finding));
    }
    all.addAll(wanted);
    return List.copyOf(all);
  }

  /** Of several faults of one aspect the first gives the reason, and the message has all. */
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
