package dev.berth.provisioning.pools;

import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.QuotaReading;
import dev.berth.nodepool.cloud.SizeReading;
import dev.berth.nodepool.decide.Growth;
import dev.berth.nodepool.decide.Growth.Demand;
import dev.berth.nodepool.decide.NodeSize;
import dev.berth.nodepool.decide.PoolSight;
import dev.berth.nodepool.decide.PoolSight.Means;
import dev.berth.nodepool.decide.PoolSight.Seen;
import dev.berth.nodepool.preflight.PoolWish;
import dev.berth.nodepool.preflight.Preflight;
import dev.berth.nodepool.preflight.VmFamilies;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Plan.PoolTerms;
import dev.berth.plan.SandboxClass.Nodes;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.pools.PoolDemands;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Brings together what a node pool is decided by. */
@ApplicationScoped
class PoolSights {

  /** What AKS gives a node that says nothing else. */
  private static final int MAX_PODS = 250;

  private final PoolDemands demands;
  private final Supplier<ClusterFacts> facts;
  private final ProvisioningConfig config;
  private final CloudMemory memory;
  private final Preflight preflight;

  PoolSights(
      PoolDemands demands,
      Supplier<ClusterFacts> facts,
      ProvisioningConfig config,
      PoolConfig pools,
      CloudMemory memory) {
    this.demands = demands;
    this.facts = facts;
    this.config = config;
    this.memory = memory;
    this.preflight = new Preflight(new VmFamilies(pools.vmFamilies().orElse(VmFamilies.DEFAULT)));
  }

  /**
   * Asks the provider. No transaction may be open.
   *
   * @throws dev.berth.nodepool.cloud.CloudException if the provider does not answer
   */
  PoolSight look(NodePool pool, Cloud cloud, Means means) {
    ClusterReading cluster = cloud.cluster();
    Optional<SizeReading> size = size(pool, cluster, cloud);
    Optional<PoolReading> existing = cluster.pool(pool.name().value());
    List<Nodes> ready = ready(pool);
    Growth growth =
        growth(pool.terms(), existing, nodeSize(ready, size, existing), demands.of(pool.name()));
    Optional<QuotaReading> quota = memory.quota(cloud, cluster.location(), CloudMemory.QUOTA_AGE);
    return new PoolSight(
        cluster,
        preflight.findings(wish(pool, growth), cluster, size, quota),
        growth,
        new Seen(demands.waiting(pool.name()), readyNodes(pool, ready)),
        means);
  }

  /**
   * The same with what is left of the quota now.
   *
   * @throws dev.berth.nodepool.cloud.CloudException if the provider does not answer
   */
  PoolSight anew(NodePool pool, PoolSight seen, Cloud cloud) {
    ClusterReading cluster = seen.cluster();
    Optional<QuotaReading> quota = memory.quota(cloud, cluster.location(), CloudMemory.FRESH);
    return seen.with(
        preflight.findings(wish(pool, seen.growth()), cluster, size(pool, cluster, cloud), quota));
  }

  private Optional<SizeReading> size(NodePool pool, ClusterReading cluster, Cloud cloud) {
    return memory.size(cloud, pool.terms().vmSize(), cluster.location());
  }

  private PoolWish wish(NodePool pool, Growth growth) {
    return new PoolWish(
        config.cluster(), pool.terms(), growth.nodes(), Set.of(NodePool.NODE_LABEL));
  }

  /** The same nodes may serve several classes. */
  private List<Nodes> ready(NodePool pool) {
    return facts.get().classes().stream()
        .flatMap(runtime -> runtime.nodes().stream())
        .filter(nodes -> nodes.pool().equals(pool.name().value()))
        .distinct()
        .toList();
  }

  /** While the cluster is not known, what was known of it counts. */
  private int readyNodes(NodePool pool, List<Nodes> ready) {
    return facts.get().known()
        ? ready.stream().mapToInt(Nodes::count).sum()
        : pool.progress().size().ready();
  }

  /**
   * As much of a node as is given to tenants. Of the smallest, so that every node holds as much.
   */
  private Optional<NodeSize> nodeSize(
      List<Nodes> ready, Optional<SizeReading> size, Optional<PoolReading> existing) {
    int maxPods =
        existing.map(pool -> pool.machines().maxPods()).filter(n -> n > 0).orElse(MAX_PODS);
    return ready.stream()
        .map(nodes -> new NodeSize(nodes.memory(), nodes.cpu(), nodes.pods()))
        .reduce(NodeSize::smaller)
        .or(() -> size.flatMap(known -> NodeSize.estimate(known, maxPods)))
        .map(node -> node.times(config.capacity().overcommit()));
  }

  /** Where the size of a node is not known, the first one tells. */
  private static Growth growth(
      PoolTerms terms,
      Optional<PoolReading> existing,
      Optional<NodeSize> node,
      List<Demand> demand) {
    int present = existing.map(pool -> pool.machines().provided()).orElse(0);
    if (node.isPresent()) {
      return Growth.of(terms, present, node.get(), demand);
    }
    int first = demand.isEmpty() ? 0 : 1;
    PoolTerms least = new PoolTerms(terms.vmSize(), Math.max(terms.min(), first), terms.max());
    return Growth.of(least, present, NodeSize.NONE, List.of());
  }
}
