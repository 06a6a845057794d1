package dev.berth.console.capacity;

import dev.berth.console.Badge;
import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolCondition;
import dev.berth.tenant.advice.Advice;
import org.jspecify.annotations.Nullable;

/**
 * A node pool as a line.
 *
 * @param told what holds of it as a whole; null = it is to be looked at again
 */
public record NodePoolRow(NodePool pool, Badge mark, @Nullable PoolStory told) {

  /** Why it is so, and what that means. */
  public record PoolStory(PoolCondition why, Advice advice) {

    private static PoolStory of(PoolCondition why) {
      return new PoolStory(why, Advice.of(why.reason()));
    }
  }

  static NodePoolRow of(NodePool pool) {
    return new NodePoolRow(
        pool, mark(pool), pool.progress().conditions().headline().map(PoolStory::of).orElse(null));
  }

  private static Badge mark(NodePool pool) {
    String word = pool.phase().name();
    return switch (pool.phase()) {
      case READY -> new Badge(word, "●", "good");
      case ENSURING -> new Badge(word, "◐", "moving");
      case FAILED -> new Badge(word, "✖", "bad");
    };
  }
}
