package dev.berth.nodepool;

import java.util.Map;

/**
 * A node pool for sandboxes that is to be made: what is not said here is always the same.
 *
 * @param tags by which Berth knows its own pools again
 * @param labels of the nodes
 * @param subnets as other pools of the cluster have them
 */
public record PoolOrder(
    PoolName name,
    String vmSize,
    int count,
    Map<String, String> tags,
    Map<String, String> labels,
    Subnets subnets) {

  public PoolOrder {
    tags = Map.copyOf(tags);
    labels = Map.copyOf(labels);
  }
}
