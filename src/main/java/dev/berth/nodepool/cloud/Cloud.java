package dev.berth.nodepool.cloud;

import dev.berth.nodepool.PoolOrder;
import java.util.Optional;

/**
 * The one way to the cloud provider. Every call ends within a bounded time and may throw {@link
 * CloudException}. A write returns once the provider has taken it in hand; how it fares is seen by
 * reading on.
 */
public interface Cloud {

  /**
   * The cluster and its pools. A pool whose last operation failed, whether this process began it or
   * not, carries the failure where the provider tells it.
   */
  ClusterReading cluster();

  /** Empty = the provider does not say, which forbids nothing. */
  Optional<SizeReading> size(String vmSize, String location);

  /** Empty = the provider does not say, which forbids nothing. */
  Optional<QuotaReading> quota(String location);

  /** Makes the pool if there is none of its name; one that exists is a failure, not a change. */
  void create(PoolOrder order);

  /**
   * Sets the number of nodes of exactly the pool that was read; everything else of it stays.
   *
   * @param count with an autoscaler: its minimum, and its maximum where that is smaller
   */
  void grow(PoolReading seen, int count);
}
