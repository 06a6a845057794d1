package dev.berth.nodepool;

import java.util.Objects;

/**
 * A write to the provider, stored before it is sent: it is repeated as it was until the provider
 * shows that it was taken in hand, or refuses it.
 *
 * @param creates whether the pool is made by it; else it is enlarged
 * @param count nodes
 * @param subnets of a pool that is made
 */
public record PoolIntent(boolean creates, int count, Subnets subnets) {

  public PoolIntent {
    subnets = Objects.requireNonNullElse(subnets, Subnets.NONE);
  }

  public PoolIntent(boolean creates, int count) {
    this(creates, count, Subnets.NONE);
  }
}
