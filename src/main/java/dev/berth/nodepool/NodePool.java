package dev.berth.nodepool;

import dev.berth.plan.Plan.PoolTerms;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node pool as Berth remembers it.
 *
 * @param intent what was asked for and is not seen yet; null = nothing
 */
public record NodePool(PoolTerms terms, Progress progress, @Nullable PoolIntent intent) {

  /** The tag that tells Berth's own pools from others: the installation that made it. */
  public static final String OWNER_TAG = "berth-installation";

  /** The label of its nodes, by its name. */
  public static final String NODE_LABEL = "berth.dev/node-pool";

  /**
   * How it fares.
   *
   * @param size nodes by count
   * @param announced number of the last announced step, 0 = none
   * @param attempt failed attempts in a row
   * @param retryAt before which the provider is not asked; null = at any time
   */
  public record Progress(
      PoolConditions conditions,
      Size size,
      long announced,
      int attempt,
      @Nullable Instant retryAt) {

    public static final Progress NONE = new Progress(PoolConditions.NONE, Size.NONE, 0, 0, null);

    public Progress with(PoolConditions changed, Size counted) {
      return new Progress(changed, counted, announced, attempt, retryAt);
    }

    public Progress stepped() {
      return new Progress(conditions, size, announced + 1, attempt, retryAt);
    }

    public Progress failed(int attempts, @Nullable Instant again) {
      return new Progress(conditions, size, announced, attempts, again);
    }
  }

  /**
   * Numbers of nodes.
   *
   * @param wanted by the tenants that need the pool, within what plans allow
   * @param provided by the provider
   * @param ready as the cluster shows them
   * @param waiting tenants that wait for the pool
   * @param asked what the provider was asked for last, which may be less than is wanted by now; 0 =
   *     nothing
   */
  public record Size(int wanted, int provided, int ready, long waiting, int asked) {
    public static final Size NONE = new Size(0, 0, 0, 0, 0);

    Size asking(int count) {
      return new Size(wanted, provided, ready, waiting, count);
    }
  }

  public static NodePool unknown(PoolTerms terms) {
    return new NodePool(terms, Progress.NONE, null);
  }

  public PoolName name() {
    return PoolName.of(terms.vmSize());
  }

  public PoolPhase phase() {
    return progress.conditions().phase();
  }

  /** With other terms: what failed under the former ones is tried again. */
  public NodePool onceMore(PoolTerms changed) {
    Progress fresh = progress.with(PoolConditions.NONE, progress.size()).failed(0, null);
    return new NodePool(changed, fresh, intent);
  }

  public NodePool with(Progress changed) {
    return new NodePool(terms, changed, intent);
  }

  /** What was intended last is what the provider was asked for, also when it is over. */
  public NodePool intending(@Nullable PoolIntent next) {
    PoolIntent last = next == null ? intent : next;
    Progress told =
        last == null
            ? progress
            : progress.with(progress.conditions(), progress.size().asking(last.count()));
    return new NodePool(terms, told, next);
  }

  /** The same for every attempt. */
  public PoolOrder order(PoolIntent begun, UUID installation) {
    return new PoolOrder(
        name(),
        terms.vmSize(),
        begun.count(),
        Map.of(OWNER_TAG, installation.toString()),
        Map.of(NODE_LABEL, name().value()),
        begun.subnets());
  }
}
