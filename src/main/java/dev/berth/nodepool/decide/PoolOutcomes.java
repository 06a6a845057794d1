package dev.berth.nodepool.decide;

import dev.berth.nodepool.Aspect;
import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.NodePool.Progress;
import dev.berth.nodepool.PoolCondition;
import dev.berth.nodepool.PoolIntent;
import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.decide.PoolSight.Means;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;
import java.time.Duration;
import java.util.List;

/** What a pool remembers of how a call to the provider went. Pure. */
public final class PoolOutcomes {

  private PoolOutcomes() {}

  /** The provider did not answer, or not with what was asked for. */
  public static NodePool unread(NodePool pool, CloudFailure failure, Means means) {
    return failed(pool, Aspect.Reachable, "reading node pool " + pool.name(), failure, means);
  }

  /**
   * Berth itself failed over the pool, at whatever point of a look: what was begun stays begun.
   *
   * @param why in few words, without what the provider said
   */
  public static NodePool broken(NodePool pool, String why, Means means) {
    Progress before = pool.progress();
    int failures = before.attempt() + 1;
    PoolCondition condition =
        new PoolCondition(
            Aspect.Reachable,
            Reason.Unexpected,
            "looking at node pool %s failed within Berth (%s); it is looked at again; for the developers of Berth: report it with what the log says"
                .formatted(pool.name(), why),
            means.now());
    return pool.with(
        before
            .with(before.conditions().with(List.of(condition)), before.size())
            .failed(failures, means.now().plus(CloudFaults.pause(failures, means.spread()))));
  }

  /** The provider refused a write, or it is not known whether it took effect. */
  public static NodePool unwritten(
      NodePool pool, PoolIntent intent, CloudFailure failure, Means means) {
    String what = (intent.creates() ? "creating" : "enlarging") + " node pool " + pool.name();
    NodePool failed = failed(pool, Aspect.Provisioned, what, failure, means);
    boolean unknown = failure.code().equals(CloudFailure.UNREACHABLE);
    return unknown ? failed.intending(intent) : failed.intending(intent).intending(null);
  }

  /** The pool before it is decided on: what came of the last write is seen now. */
  public static NodePool read(NodePool pool, PoolSight sight) {
    PoolState state = new PoolState(pool, sight);
    CloudFailure failure = state.failure();
    if (failure != null && (pool.intent() != null || isGood(pool, Aspect.Provisioned))) {
      return failed(pool, Aspect.Provisioned, "node pool " + pool.name(), failure, sight.means())
          .intending(null);
    }
    NodePool seen = state.isIntentOver() ? pool.intending(null) : pool;
    return isWell(pool, state) ? seen.with(pool.progress().failed(0, null)) : seen;
  }

  /**
   * Whether failures are over: not while a write is still needed or under way that failed before,
   * else one that fails again and again would be sent as if it were the first.
   */
  private static boolean isWell(NodePool pool, PoolState state) {
    boolean done = !state.lacksNodes() && !state.isUnderWay() && state.failure() == null;
    return done || (!isGood(pool, Aspect.Reachable) && isGood(pool, Aspect.Provisioned));
  }

  private static boolean isGood(NodePool pool, Aspect aspect) {
    return pool.progress().conditions().get(aspect).stream()
        .map(condition -> condition.reason().weight())
        .noneMatch(weight -> weight == Weight.RETRY || weight == Weight.BLOCK);
  }

  private static NodePool failed(
      NodePool pool, Aspect aspect, String what, CloudFailure failure, Means means) {
    Progress before = pool.progress();
    int failures = before.attempt() + 1;
    CloudFault fault =
        CloudFaults.judge(new CloudFaults.Attempt(what, failures, means.spread()), failure);
    Duration delay = fault.delay();
    PoolCondition condition =
        new PoolCondition(aspect, fault.reason(), fault.message(), means.now());
    return pool.with(
        before
            .with(before.conditions().with(List.of(condition)), before.size())
            .failed(failures, delay == null ? null : means.now().plus(delay)));
  }
}
