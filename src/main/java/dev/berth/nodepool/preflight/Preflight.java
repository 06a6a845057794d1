package dev.berth.nodepool.preflight;

import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.QuotaReading;
import dev.berth.nodepool.cloud.SizeReading;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that is known to forbid a node pool for sandboxes, or to be doubtful, before the cloud
 * is asked for it. The cloud itself checks little of this, and late. Total: whatever was read, all
 * findings at once.
 */
public final class Preflight {

  private static final List<PoolFinding> NONE = List.of();

  private final VmFamilies families;

  public Preflight(VmFamilies families) {
    this.families = families;
  }

  /**
   * Nothing = the pool may be made or grown. A pool of the wanted name that the cluster has already
   * is judged as it is.
   *
   * @param size empty = the cloud does not say, which forbids nothing
   * @param quota empty = the cloud does not say, which forbids nothing
   */
  public List<PoolFinding> findings(
      PoolWish wish,
      ClusterReading cluster,
      Optional<SizeReading> size,
      Optional<QuotaReading> quota) {
    PoolReading existing = cluster.pool(wish.pool()).orElse(null);
    return Stream.of(
            ClusterRules.judge(wish.cluster(), cluster),
            SizeRules.judge(wish.terms().vmSize(), size, families),
            PoolRules.judge(wish),
            existing == null
                ? PoolRules.judge(wish, cluster.network().subnets())
                : PoolRules.judge(wish, existing),
            size.flatMap(s -> quota.map(q -> CoreQuota.judge(wish, existing, s, q))).orElse(NONE))
        .flatMap(List::stream)
        .toList();
  }
}
