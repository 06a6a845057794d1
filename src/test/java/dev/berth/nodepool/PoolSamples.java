package dev.berth.nodepool;

import dev.berth.nodepool.NodePool.Progress;
import dev.berth.nodepool.NodePool.Size;
import dev.berth.plan.Plan.PoolTerms;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Node pools as Berth remembers them. */
public final class PoolSamples {

  public static final Instant TIME = Instant.parse("2026-11-24T18:00:00Z");

  private static final PoolCondition ANSWERS =
      condition(Aspect.Reachable, Reason.Verified, "Azure answers");
  private static final PoolCondition FIT =
      condition(Aspect.Fit, Reason.Verified, "nothing is known to forbid the pool");

  private PoolSamples() {}

  /** In phase READY. */
  public static NodePool ready(String vmSize) {
    return pool(
        vmSize,
        new Size(2, 2, 2, 0, 2),
        ANSWERS,
        FIT,
        condition(Aspect.Provisioned, Reason.Applied, "exists with 2 nodes"),
        condition(Aspect.Sufficient, Reason.Placed, "2 nodes for what tenants need: 2 nodes"),
        condition(Aspect.NodesReady, Reason.NodesReady, "2 of 2 nodes Ready"));
  }

  /** In phase ENSURING, for the first time. */
  public static NodePool creating(String vmSize) {
    return pool(
        vmSize,
        new Size(1, 0, 0, 3, 1),
        ANSWERS,
        FIT,
        condition(
            Aspect.Provisioned,
            Reason.NodePoolCreating,
            "node pool kd8sv5 is being created with 1 node of Standard_D8s_v5"),
        condition(Aspect.Sufficient, Reason.NodePoolCreating, "tenants need 1 node, it has 0"),
        condition(Aspect.NodesReady, Reason.Waiting, "there is no node yet"));
  }

  /** In phase FAILED, for want of quota. */
  public static NodePool withoutQuota(String vmSize) {
    return pool(
        vmSize,
        new Size(3, 2, 2, 1, 3),
        ANSWERS,
        condition(
            Aspect.Fit,
            Reason.CloudQuota,
            "pool kd8sv5 of cluster local needs 16 more vCPUs: (1 more nodes of Standard_D8s_v5 + 1"
                + " surge nodes of an upgrade) x 8 vCPUs; quota cores has 4 left, 12 too few; ask"
                + " Azure for more, or release a plan version with fewer nodes"),
        condition(Aspect.Provisioned, Reason.Applied, "exists with 2 nodes"),
        condition(Aspect.Sufficient, Reason.NodePoolGrowing, "tenants need 3 nodes, it has 2"),
        condition(Aspect.NodesReady, Reason.NodesReady, "2 of 2 nodes Ready"));
  }

  /** With the reason of one aspect, from then on. */
  public static NodePool provisioned(Reason reason, Instant since, @Nullable PoolIntent intent) {
    PoolCondition only = new PoolCondition(Aspect.Provisioned, reason, "so it is", since);
    return pool("Standard_D8s_v5", Size.NONE, only).intending(intent);
  }

  private static NodePool pool(String vmSize, Size size, PoolCondition... conditions) {
    return NodePool.unknown(new PoolTerms(vmSize, 0, 10))
        .with(new Progress(PoolConditions.NONE.with(List.of(conditions)), size, 4, 0, null));
  }

  private static PoolCondition condition(Aspect aspect, Reason reason, String message) {
    return new PoolCondition(aspect, reason, message, TIME);
  }
}
