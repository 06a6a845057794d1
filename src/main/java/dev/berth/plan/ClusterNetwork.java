package dev.berth.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How pods of the cluster reach each other and the world.
 *
 * @param engine what enforces network policies; null = not known
 * @param ranges of nodes, pods and services, which no tenant reaches by address
 * @param dns addresses of DNS caches on the nodes, beside the cluster's DNS pods
 */
public record ClusterNetwork(@Nullable String engine, List<Ipv4Block> ranges, List<String> dns) {

  public static final ClusterNetwork UNKNOWN = new ClusterNetwork(null, List.of(), List.of());

  public ClusterNetwork {
    ranges = List.copyOf(ranges);
    dns = List.copyOf(dns);
  }
}
