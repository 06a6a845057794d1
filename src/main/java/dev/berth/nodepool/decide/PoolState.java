package dev.berth.nodepool.decide;

import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolIntent;
import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.preflight.PoolFinding;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a pool is between what tenants need and what the cloud shows. */
record PoolState(NodePool pool, PoolSight sight) {

  /** The pool as the cloud has it; null = it has none of that name. */
  @Nullable PoolReading existing() {
    return sight.cluster().pool(pool.name().value()).orElse(null);
  }

  boolean isMissing() {
    return existing() == null;
  }

  /** Whether it is one of this Berth's, which alone are ever changed. */
  boolean isOwn() {
    PoolReading existing = existing();
    return existing != null
        && sight.means().installation().toString().equals(existing.tags().get(NodePool.OWNER_TAG));
  }

  boolean isUnderWay() {
    PoolReading existing = existing();
    return existing != null && !existing.isSettled();
  }

  /** Null = it did not fail, or is not Berth's to mend. */
  @Nullable CloudFailure failure() {
    PoolReading existing = existing();
    return existing == null || !existing.isFailed() || !isOwn()
        ? null
        : Objects.requireNonNullElse(
            existing.failure(),
            new CloudFailure(existing.state(), "Azure gives no reason", null, null));
  }

  int provided() {
    PoolReading existing = existing();
    return existing == null ? 0 : existing.machines().provided();
  }

  boolean lacksNodes() {
    return provided() < sight.growth().nodes();
  }

  /**
   * Whether nothing is left to repeat of what was begun: it is seen, or nobody needs it any more.
   */
  boolean isIntentOver() {
    PoolIntent intent = pool.intent();
    boolean taken =
        intent != null && !isMissing() && (intent.creates() || provided() >= intent.count());
    return taken || !lacksNodes();
  }

  /** A sandbox that fits no node of the pool holds up none that does. */
  boolean isFit() {
    return sight.preflight().stream().noneMatch(PoolFinding::refuses);
  }

  /** Whether the cluster is changed by somebody: it takes one write at a time. */
  boolean isClusterBusy() {
    return !sight.cluster().isSettled()
        || sight.cluster().pools().stream().anyMatch(other -> !other.isSettled());
  }
}
