package dev.berth.nodepool.preflight;

import dev.berth.nodepool.PoolName;
import dev.berth.plan.Plan.PoolTerms;
import java.util.Set;

/**
 * A node pool as it shall be.
 *
 * @param cluster its name, for messages
 * @param nodes how many there shall be, those that are there already included
 * @param labels keys of the labels that its nodes shall have
 */
public record PoolWish(String cluster, PoolTerms terms, int nodes, Set<String> labels) {

  public PoolWish {
    labels = Set.copyOf(labels);
  }

  String pool() {
    return PoolName.of(terms.vmSize()).value();
  }
}
