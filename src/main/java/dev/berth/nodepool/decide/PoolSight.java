package dev.berth.nodepool.decide;

import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.nodepool.preflight.PoolFinding;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a node pool is decided by, all read at one time.
 *
 * @param preflight what forbids the pool, or makes it doubtful
 * @param growth what tenants need of it
 * @param seen in the cluster
 */
public record PoolSight(
    ClusterReading cluster, List<PoolFinding> preflight, Growth growth, Seen seen, Means means) {

  public PoolSight {
    preflight = List.copyOf(preflight);
  }

  /** The same with other findings. */
  public PoolSight with(List<PoolFinding> findings) {
    return new PoolSight(cluster, findings, growth, seen, means);
  }

  /**
   * What the cluster shows.
   *
   * @param waiting tenants that wait for the pool
   * @param ready nodes of the pool that are Ready
   */
  public record Seen(long waiting, int ready) {}

  /**
   * What Berth may do, and when it is.
   *
   * @param ensures whether it may write at all
   * @param installation whose pools may be changed
   * @param spread from 0 to 1, for the wait before a write is tried again
   */
  public record Means(boolean ensures, UUID installation, Instant now, double spread) {}
}
