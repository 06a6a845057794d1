package dev.berth.nodepool.decide;

import dev.berth.nodepool.Aspect;
import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolCondition;
import dev.berth.nodepool.PoolIntent;
import dev.berth.nodepool.Subnets;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which write a pool needs, and whether it may be sent now. */
record PoolWrites(NodePool pool, PoolSight sight, PoolState state) {

  /** Null = nothing is to be written now. */
  @Nullable PoolIntent next() {
    PoolIntent needed = needed();
    return needed == null || mustWait() || state.isClusterBusy() ? null : needed;
  }

  /** Whether a write waits for others to be done with the cluster. */
  boolean waitsForCluster() {
    return needed() != null && !mustWait() && state.isClusterBusy();
  }

  /** Whether a write waits because one failed. */
  boolean isHeldBack() {
    return needed() != null && mustWait();
  }

  /**
   * What was begun and is not seen yet is repeated as it was, before anything else is asked for.
   */
  private @Nullable PoolIntent needed() {
    if (!sight.means().ensures() || !state.isFit() || state.isUnderWay()) {
      return null;
    }
    if (state.isMissing()) {
      return sight.growth().nodes() == 0 ? null : begunOr(true);
    }
    boolean behind = state.lacksNodes() || state.failure() != null;
    return state.isOwn() && behind ? begunOr(false) : null;
  }

  private PoolIntent begunOr(boolean creates) {
    PoolIntent begun = pool.intent();
    if (begun != null && begun.creates() == creates && begun.count() > state.provided()) {
      return begun;
    }
    int count = Math.max(state.provided(), sight.growth().nodes());
    return creates
        ? new PoolIntent(true, count, Subnets.mostUsed(sight.cluster().network().subnets()))
        : new PoolIntent(false, count);
  }

  /** After a failure: until its wait is over, or until something else is needed than then. */
  private boolean mustWait() {
    Instant again = pool.progress().retryAt();
    boolean waits = again != null && sight.means().now().isBefore(again);
    return waits || isParked();
  }

  /**
   * What nobody but a person can mend is not tried again as long as what was asked for is what is
   * needed. A number that came up meanwhile has not been tried.
   */
  private boolean isParked() {
    return pool.progress().size().asked() == sight.growth().nodes()
        && pool.progress().conditions().get(Aspect.Provisioned).stream()
            .map(PoolCondition::reason)
            .anyMatch(it -> it.weight() == Weight.BLOCK && it != Reason.NoSandboxNode);
  }
}
