package dev.berth.nodepool.decide;

import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.NodePool.Size;
import dev.berth.nodepool.PoolCondition;
import dev.berth.nodepool.PoolIntent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a node pool, and the one write that follows, if any. Berth makes pools and
 * adds nodes to its own; it never deletes, shrinks or changes anything else. Pure.
 *
 * @param write to be stored before it is sent; null = nothing is to be written now
 */
public record PoolDecision(List<PoolCondition> conditions, Size size, @Nullable PoolIntent write) {

  public PoolDecision {
    conditions = List.copyOf(conditions);
  }

  public static PoolDecision of(NodePool pool, PoolSight sight) {
    PoolState state = new PoolState(pool, sight);
    PoolWrites writes = new PoolWrites(pool, sight, state);
    PoolVerdicts verdicts = new PoolVerdicts(pool, sight, state, writes);
    return new PoolDecision(
        List.of(
            verdicts.reachable(),
            verdicts.fit(),
            verdicts.provisioned(),
            verdicts.sufficient(),
            verdicts.nodesReady()),
        new Size(
            sight.growth().nodes(),
            state.provided(),
            sight.seen().ready(),
            sight.seen().waiting(),
            pool.progress().size().asked()),
        writes.next());
  }

  /** The pool of which this is said. */
  public NodePool applied(NodePool pool) {
    return pool.with(pool.progress().with(pool.progress().conditions().with(conditions), size));
  }
}
