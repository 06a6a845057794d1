package dev.berth.plan.decide;

import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.Ipv4Block;
import dev.berth.plan.Plan;
import dev.berth.plan.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a tenant's pods may connect to: what the plan names, without what stays closed. */
public final class EgressRules {

  /** Where clouds hand credentials to whoever asks: closed in every plan. */
  public static final List<String> NEVER = List.of("168.63.129.16/32", "169.254.169.254/32");

  /** Addresses that are no internet. */
  private static final List<String> PRIVATE =
      List.of("10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16");

  private static final String INTERNET = "0.0.0.0/0";

  private EgressRules() {}

  static List<Resource.Block> blocks(Plan.Egress egress, ClusterNetwork cluster) {
    List<Ipv4Block> closed = closed(egress, cluster);
    return wanted(egress).stream()
        .map(cidr -> new Resource.Block(cidr, exceptions(cidr, closed)))
        .toList();
  }

  /** What makes the egress impossible on this cluster, each as the rest of a sentence about it. */
  static List<String> faults(Plan.Egress egress, ClusterNetwork cluster) {
    List<String> wanted = wanted(egress);
    List<String> faults = new ArrayList<>();
    faults.addAll(holes(wanted, NEVER, "where the cloud hands out the node's credentials"));
    faults.addAll(holes(wanted, cluster.ranges(), "a range of the cluster's own addresses"));
    if (!wanted.isEmpty()) {
      faults.addAll(unreadable(cluster.ranges()));
    }
    return faults;
  }

  private static List<String> holes(List<String> wanted, List<String> closed, String what) {
    return wanted.stream()
        .flatMap(cidr ->
            closed.stream()
                .filter(block -> lies(cidr, block))
                .map(block ->
                    "names %s, which lies in %s, %s; release a version without it"
                        .formatted(cidr, block, what)))
        .toList();
  }

  private static List<String> unreadable(List<String> ranges) {
    return ranges.stream()
        .filter(range -> !isIpv6(range) && Ipv4Block.parse(range).isEmpty())
        .map(range ->
            "must leave out the cluster's range %s, which is no block of addresses; correct it in Berth's configuration"
                .formatted(range))
        .toList();
  }

  private static List<String> wanted(Plan.Egress egress) {
    return switch (egress) {
      case Plan.Egress.None none -> List.of();
      case Plan.Egress.Internet internet -> List.of(INTERNET);
      case Plan.Egress.Cidrs cidrs -> cidrs.blocks();
    };
  }

  private static List<Ipv4Block> closed(Plan.Egress egress, ClusterNetwork cluster) {
    Stream<String> unroutable =
        egress instanceof Plan.Egress.Internet ? PRIVATE.stream() : Stream.empty();
    return Stream.of(unroutable, NEVER.stream(), cluster.ranges().stream())
        .flatMap(blocks -> blocks)
        .map(Ipv4Block::parse)
        .flatMap(Optional::stream)
        .toList();
  }

  /** The API server takes an exception only where it lies within its block. */
  private static List<String> exceptions(String cidr, List<Ipv4Block> closed) {
    Optional<Ipv4Block> block = Ipv4Block.parse(cidr);
    List<Ipv4Block> inside =
        closed.stream()
            .filter(it -> block.filter(b -> b.contains(it)).isPresent())
            .distinct()
            .toList();
    return inside.stream()
        .filter(it -> inside.stream().noneMatch(other -> !other.equals(it) && other.contains(it)))
        .sorted(Comparator.comparing(Ipv4Block::address, Integer::compareUnsigned))
        .map(Ipv4Block::toString)
        .toList();
  }

  private static boolean lies(String cidr, String in) {
    Optional<Ipv4Block> inner = Ipv4Block.parse(cidr);
    return Ipv4Block.parse(in)
        .filter(outer -> inner.filter(outer::contains).isPresent())
        .isPresent();
  }

  /** No egress rule names such addresses, so they are closed anyway. */
  private static boolean isIpv6(String range) {
    return range.contains(":");
  }
}
