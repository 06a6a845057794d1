package dev.berth.nodepool;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Where the nodes of a pool are, and where their pods are if these have a subnet of their own.
 *
 * @param nodes id of a subnet; empty = one that AKS made, which is never named
 * @param pods the same
 */
public record Subnets(String nodes, String pods) {

  public static final Subnets NONE = new Subnets("", "");

  private static final Comparator<Map.Entry<Subnets, Long>> BY_USE =
      Map.Entry.<Subnets, Long>comparingByValue()
          .reversed()
          .thenComparing(entry -> entry.getKey().toString());

  /** Those in which most pools are, among equals the first by name: the same for every replica. */
  public static Subnets mostUsed(List<Subnets> ofPools) {
    return ofPools.stream()
        .filter(subnets -> !subnets.equals(NONE))
        .collect(groupingBy(subnets -> subnets, counting()))
        .entrySet()
        .stream()
        .min(BY_USE)
        .map(Map.Entry::getKey)
        .orElse(NONE);
  }

  @Override
  public String toString() {
    return pods.isEmpty() ? nodes : nodes + " with pods in " + pods;
  }
}
