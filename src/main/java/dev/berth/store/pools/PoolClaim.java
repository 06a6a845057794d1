package dev.berth.store.pools;

import dev.berth.nodepool.NodePool;

/**
 * A node pool that is being worked on.
 *
 * @param epoch fences what is recorded of it
 */
public record PoolClaim(NodePool pool, long epoch) {}
