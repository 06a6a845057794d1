package dev.berth.provisioning.pools;

import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.NodePool.Size;
import dev.berth.nodepool.PoolCondition;
import dev.berth.nodepool.PoolName;
import dev.berth.nodepool.decide.Growth;
import dev.berth.plan.Plan;
import dev.berth.plan.Plan.PoolTerms;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work.Finding;
import dev.berth.plan.capacity.Footprint;
import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import dev.berth.provisioning.pools.PoolConfig.AzureMode;
import dev.berth.store.pools.NodePools;
import dev.berth.store.pools.PoolDemands;
import dev.berth.store.tenants.Placements;
import dev.berth.store.tenants.Placements.Applicant;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tenants in the line for their node pool: their placements are what the pool needs. Within the
 * transaction that claims the tenant.
 */
@ApplicationScoped
public class PoolLine {

  private final Placements placements;
  private final PoolDemands demands;
  private final NodePools pools;
  private final PoolConfig config;

  PoolLine(Placements placements, PoolDemands demands, NodePools pools, PoolConfig config) {
    this.placements = placements;
    this.demands = demands;
    this.pools = pools;
    this.config = config;
  }

  /**
   * Puts a tenant whose plan names a node pool in the line if there is no node at all for it. An
   * open tenant that lost its nodes does not wait, it is degraded.
   *
   * @param runtime null = the cluster has no class for sandboxes yet
   * @return whether it is in the line
   */
  public boolean queue(Tenant tenant, Plan plan, @Nullable SandboxClass runtime, int granted) {
    PoolTerms terms = plan.nodePool();
    boolean opened = plan.id().equals(tenant.status().appliedPlan());
    boolean served = runtime != null && runtime.readyNodes() > 0;
    if (terms == null || opened || served || config.mode() == AzureMode.OFF) {
      return false;
    }
    Footprint one =
        runtime == null ? Footprint.assumed(plan.sandbox()) : Footprint.of(plan.sandbox(), runtime);
    placements.await(applicant(tenant, plan, runtime), Room.of(one, granted));
    join(tenant, PoolName.of(terms.vmSize()), true);
    return true;
  }

  /**
   * Why a tenant in the line waits; empty = Berth does not see to nodes, so it is for others to say
   * what is missing.
   */
  public Optional<Finding> awaited(Tenant tenant, Plan plan, @Nullable SandboxClass runtime) {
    PoolTerms terms = plan.nodePool();
    return terms == null || config.mode() != AzureMode.ENSURE
        ? Optional.empty()
        : Optional.of(
            finding(
                PoolName.of(terms.vmSize()),
                terms,
                placements.ahead(applicant(tenant, plan, runtime))));
  }

  /**
   * The nodes that there are for the plan's sandboxes, and those that its node pool may still get;
   * empty = nobody knows yet.
   */
  public Optional<List<SandboxClass.Nodes>> most(Plan plan, SandboxClass runtime) {
    PoolTerms terms = plan.nodePool();
    if (terms == null || config.mode() == AzureMode.OFF) {
      return Optional.of(runtime.nodes());
    }
    PoolTerms all = pools.find(PoolName.of(terms.vmSize())).map(NodePool::terms).orElse(terms);
    return Growth.most(all, runtime.nodes());
  }

  private static Applicant applicant(Tenant tenant, Plan plan, @Nullable SandboxClass runtime) {
    return new Applicant(
        tenant.id(), runtime == null ? Pool.MANAGED : Pool.of(runtime), plan.priority());
  }

  /** A wait for room, with what the tenant's node pool does about it. */
  public Finding told(Plan plan, Finding wait) {
    PoolTerms terms = plan.nodePool();
    if (terms == null || config.mode() == AzureMode.OFF) {
      return wait;
    }
    return pools
        .find(PoolName.of(terms.vmSize()))
        .map(pool -> new Finding(wait.type(), wait.reason(), wait.message() + "; " + state(pool)))
        .orElse(wait);
  }

  private static String state(NodePool pool) {
    Size size = pool.progress().size();
    String why =
        pool.progress()
            .conditions()
            .headline()
            .map(it -> "%s: %s".formatted(it.reason(), it.message()))
            .orElse("not looked at yet");
    return "node pool %s has %d nodes, %d of them Ready, and shall have %d (%s)"
        .formatted(pool.name(), size.provided(), size.ready(), size.wanted(), why);
  }

  /**
   * Says which node pool the tenant's placement counts for.
   *
   * @param waits whether the tenant needs more than there is
   */
  public void join(Tenant tenant, Plan plan, boolean waits) {
    if (config.mode() != AzureMode.OFF) {
      PoolTerms terms = plan.nodePool();
      join(tenant, terms == null ? null : PoolName.of(terms.vmSize()), waits);
    }
  }

  private void join(Tenant tenant, @Nullable PoolName name, boolean waits) {
    boolean news = demands.assign(tenant.id(), name);
    if (name != null && (news || waits)) {
      pools.makeDue(name);
    }
  }

  private Finding finding(PoolName name, PoolTerms terms, long ahead) {
    Optional<PoolCondition> headline =
        pools.find(name).map(NodePool::progress).flatMap(p -> p.conditions().headline());
    Reason reason =
        headline.map(PoolCondition::reason).filter(PoolLine::explains).orElse(Reason.NodesStarting);
    String fares =
        headline
            .map(PoolCondition::message)
            .orElse("node pool %s of %s is about to be looked at".formatted(name, terms.vmSize()));
    return new Finding(
        ConditionType.NodePoolReady,
        reason,
        "position %d in the line for node pool %s: %s".formatted(ahead + 1, name, fares));
  }

  /** What does not hold the pool back does not explain a wait. */
  private static boolean explains(Reason reason) {
    return reason.weight() == Weight.WAIT
        || reason.weight() == Weight.RETRY
        || reason.weight() == Weight.BLOCK;
  }
}
