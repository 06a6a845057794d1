package dev.berth.plan.decide;

import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.Ipv4Block;
import dev.berth.plan.Plan;
import dev.berth.plan.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where a tenant's pods may connect to: what the plan names, without what stays closed. */
public final class EgressRules {

  /** Where clouds give credentials to any caller: closed in every plan. */
  public static final List<Ipv4Block> NEVER = blocks("168.63.129.16/32", "169.254.169.254/32");

  /** Addresses that are not on the internet. */
  private static final List<Ipv4Block> PRIVATE =
      blocks("10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16");

  private static final List<Ipv4Block> INTERNET = blocks("0.0.0.0/0");

  private EgressRules() {}

  static List<Resource.Block> blocks(Plan.Egress egress, ClusterNetwork cluster) {
    List<Ipv4Block> closed = closed(egress, cluster);
    return wanted(egress).stream()
        .map(block -> new Resource.Block(block, exceptions(block, closed)))
        .toList();
  }

  /** What makes the egress impossible on this cluster, each as the rest of a sentence about it. */
  static List<String> faults(Plan.Egress egress, ClusterNetwork cluster) {
    List<Ipv4Block> wanted = wanted(egress);
    List<String> faults = new ArrayList<>();
    faults.addAll(holes(wanted, NEVER, "where the cloud hands out the node's credentials"));
    faults.addAll(holes(wanted, cluster.ranges(), "a range of the cluster's own addresses"));
    return faults;
  }

  private static List<String> holes(List<Ipv4Block> wanted, List<Ipv4Block> closed, String what) {
    return wanted.stream()
        .flatMap(block ->
            closed.stream()
                .filter(outer -> outer.contains(block))
                .map(outer ->
                    "names %s, which lies in %s, %s; release a version without it"
                        .formatted(block, outer, what)))
        .toList();
  }

  private static List<Ipv4Block> wanted(Plan.Egress egress) {
    return switch (egress) {
      case Plan.Egress.None none -> List.of();
      case Plan.Egress.Internet internet -> INTERNET;
      case Plan.Egress.Cidrs cidrs -> cidrs.blocks();
    };
  }

  private static List<Ipv4Block> closed(Plan.Egress egress, ClusterNetwork cluster) {
    List<Ipv4Block> unroutable = egress instanceof Plan.Egress.Internet ? PRIVATE : List.of();
    return Stream.of(unroutable, NEVER, cluster.ranges()).flatMap(List::stream).toList();
  }

  /** The API server takes an exception only where it lies within its block. */
  private static List<Ipv4Block> exceptions(Ipv4Block block, List<Ipv4Block> closed) {
    List<Ipv4Block> inside = closed.stream().filter(block::contains).distinct().toList();
    return inside.stream()
        .filter(it -> inside.stream().noneMatch(other -> !other.equals(it) && other.contains(it)))
        .sorted()
        .toList();
  }

  private static List<Ipv4Block> blocks(String... texts) {
    return Stream.of(texts).map(Ipv4Block::of).toList();
  }
}
