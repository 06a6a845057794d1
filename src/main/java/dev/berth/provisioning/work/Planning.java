package dev.berth.provisioning.work;

import static java.util.stream.Collectors.toSet;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work;
import dev.berth.plan.Work.Finding;
import dev.berth.plan.decide.Planner;
import dev.berth.plan.decide.Standing;
import dev.berth.provisioning.Plans;
import dev.berth.provisioning.pools.PoolLine;
import dev.berth.provisioning.work.Placing.Grant;
import dev.berth.store.tenants.Claim;
import dev.berth.tenant.Desired;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Brings together what the planner needs. */
@ApplicationScoped
public class Planning {

  private static final Finding WITHDRAWN =
      new Finding(
          ConditionType.PlacementReady,
          Reason.Withdrawn,
          "an operator took the tenant out of the waiting list: it waits again after berth retry, or after an event for it");

  private final Planner planner;
  private final Plans plans;
  private final Placing placing;
  private final PoolLine poolLine;

  Planning(Planner planner, Plans plans, Placing placing, PoolLine poolLine) {
    this.placing = placing;
    this.poolLine = poolLine;
    this.planner = planner;
    this.plans = plans;
  }

  /**
   * What is to be done for a tenant.
   *
   * @param tenant with its plan version, its RuntimeClass, the orders that hold and a provisioning
   *     id for each of its namespaces, to be stored before the first operation
   * @param keepsMore whether it takes more room than it needs, until what it gave up is free
   */
  public record Planned(Tenant tenant, Work work, boolean keepsMore) {

    /** Of one that takes no more room than it needs. */
    public Planned(Tenant tenant, Work work) {
      this(tenant, work, false);
    }
  }

  public Planned plan(Claim claim, ClusterFacts facts) {
    Tenant tenant = claim.tenant();
    Standing standing = new Standing(tenant, claim.recorded(), plans.applied(tenant).orElse(null));
    TenantSpec spec = tenant.desired().spec();
    if (tenant.desired().mode() == Desired.Mode.OFFBOARDED || spec == null) {
      placing.leaveWaitingList(tenant);
      return new Planned(tenant, planner.offboard(standing));
    }
    Optional<Plan> found = plans.of(tenant);
    if (found.isEmpty()) {
      return held(standing, facts, Reason.PlanUnknown, planUnknown(tenant, spec));
    }
    Plan plan = found.get();
    Plan.Count count = plan.sandbox().count();
    Integer asked = spec.sandboxes();
    if (asked != null && (asked < count.min() || asked > count.max())) {
      return held(
          standing,
          facts,
          Reason.SandboxesOutOfBounds,
          "sandboxes is %d, plan %s allows %d to %d: ask for a number within, or for another plan"
              .formatted(asked, plan.id(), count.min(), count.max()));
    }
    Tenant pinned = withNamespaces(tenant.with(tenant.desired().withPlan(plan.id())), plan);
    return placed(planner.heeding(pinned, plan, facts), plan, standing, facts);
  }

  /** The RuntimeClass that the tenant runs in or is on its way into; empty = there is none. */
  public Optional<String> runtime(Tenant tenant, ClusterFacts facts) {
    return plans
        .of(tenant)
        .map(plan -> planner.runtime(planner.heeding(tenant, plan, facts), plan, facts))
        .map(SandboxClass::name);
  }

  /** Why the tenant cannot be moved to the class, by its plan; empty = it can. */
  public Optional<String> unfit(Tenant tenant, RuntimeClass to, ClusterFacts facts) {
    return plans.of(tenant).flatMap(plan -> planner.unfit(to, plan, facts));
  }

  /** Nothing is done for a tenant before there is room for it. */
  private Planned placed(Tenant tenant, Plan plan, Standing standing, ClusterFacts facts) {
    if (tenant.orders().withdrawn()) {
      placing.withdraw(tenant);
      return new Planned(tenant, planner.withheld(tenant, plan, standing, facts, WITHDRAWN));
    }
    Work work = planner.plan(tenant, plan, standing, facts);
    SandboxClass runtime = planner.runtime(tenant, plan, facts);
    if (facts.known() && poolLine.queue(tenant, plan, runtime, work.sandboxes().granted())) {
      return poolLine
          .awaited(tenant, plan, runtime)
          .map(why -> new Planned(tenant, planner.withheld(tenant, plan, standing, facts, why)))
          .orElseGet(() -> new Planned(tenant, work));
    }
    if (work.isBlocked()) {
      placing.leaveWaitingList(tenant);
      return new Planned(tenant, work);
    }
    if (runtime == null) {
      placing.release(tenant);
      return new Planned(withoutDropped(tenant, plan), work);
    }
    Grant grant = placing.apply(tenant, plan, runtime, work.sandboxes().granted());
    poolLine.join(tenant, plan, grant instanceof Grant.Withheld);
    return switch (grant) {
      case Grant.Withheld withheld -> {
        Finding why = poolLine.told(plan, withheld.why());
        yield new Planned(tenant, planner.withheld(tenant, plan, standing, facts, why));
      }
      case Grant.Given given -> {
        Status moving = tenant.status().movingTo(runtime.name(), runtime.handler());
        Work told = given.over() == null ? work : work.with(given.over());
        yield new Planned(withoutDropped(tenant.with(moving), plan), told, given.keepsMore());
      }
    };
  }

  /**
   * Deletions are stored before they begin, so that nothing takes them for losses. Nothing of a
   * frozen tenant is deleted.
   */
  private static Tenant withoutDropped(Tenant tenant, Plan plan) {
    if (tenant.isFrozen()) {
      return tenant;
    }
    Set<String> wanted = plan.namespaces().stream().map(Plan.PlanNamespace::name).collect(toSet());
    return tenant.with(
        tenant.namespaces().stream()
            .map(namespace -> wanted.contains(namespace.name()) ? namespace : namespace.dropped())
            .toList());
  }

  private static String planUnknown(Tenant tenant, TenantSpec spec) {
    Object wanted = tenant.desired().plan() == null ? spec.plan() : tenant.desired().plan();
    return "plan %s is not in the catalogue: release it, or send the tenant with another plan; it continues automatically once the plan is released"
        .formatted(wanted);
  }

  private Planned held(Standing standing, ClusterFacts facts, Reason reason, String message) {
    Finding why = new Finding(ConditionType.PlacementReady, reason, message);
    placing.leaveWaitingList(standing.tenant());
    return new Planned(standing.tenant(), planner.held(standing, facts, why));
  }

  private static Tenant withNamespaces(Tenant tenant, Plan plan) {
    List<TenantNamespace> namespaces = new ArrayList<>(tenant.namespaces());
    for (Plan.PlanNamespace namespace : plan.namespaces()) {
      if (namespaces.stream().noneMatch(n -> n.name().equals(namespace.name()))) {
        String name = namespace.name();
        namespaces.add(
            new TenantNamespace(name, tenant.id().namespace(name), UUID.randomUUID(), null));
      }
    }
    return tenant.with(namespaces);
  }
}
