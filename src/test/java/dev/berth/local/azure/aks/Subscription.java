package dev.berth.local.azure.aks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.rule.Quota;
import dev.berth.local.azure.rule.VmSize;
import dev.berth.local.azure.wire.Refusal;
import dev.berth.local.azure.wire.Route.Asked;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the Resource Manager knows of one subscription with its one region. */
final class Subscription {
  private final String id;
  private final String location;
  private final Clock clock;
  private final Map<String, VmSize> sizes = VmSize.all();
  private final Operations operations;
  private final Quota quota;
  private final Map<String, Cluster> clusters = new TreeMap<>();

  Subscription(String id, String location, Clock clock) {
    this.id = id;
    this.location = location;
    this.clock = clock;
    this.operations = new Operations(clock);
    this.quota = new Quota(location, sizes);
  }

  String location() {
    return location;
  }

  Clock clock() {
    return clock;
  }

  Operations operations() {
    return operations;
  }

  Quota quota() {
    return quota;
  }

  Map<String, VmSize> sizes() {
    return sizes;
  }

  Cluster add(String group, String name) {
    Cluster cluster =
        new Cluster(
            "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.ContainerService/managedClusters/%s"
                .formatted(id, group, name),
            location);
    clusters.put(key(cluster.id()), cluster);
    return cluster;
  }

  Collection<ObjectNode> pools() {
    return clusters.values().stream()
        .map(Cluster::pools)
        .map(Map::values)
        .flatMap(Collection::stream)
        .map(Pool::properties)
        .toList();
  }

  void check(Asked asked) {
    if (!asked.part("subscription").equalsIgnoreCase(id)) {
      throw Refusal.ofArm(
          404,
          "SubscriptionNotFound",
          "The subscription '%s' could not be found.".formatted(asked.part("subscription")));
    }
  }

  Cluster cluster(Asked asked) {
    check(asked);
    List<String> path = List.of(asked.request().path().split("/"));
    String group = "/subscriptions/%s/resourceGroups/%s/".formatted(id, asked.part("group"));
    if (clusters.keySet().stream().noneMatch(key -> key.startsWith(key(group)))) {
      throw Refusal.ofArm(
          404,
          "ResourceGroupNotFound",
          "Resource group '%s' could not be found.".formatted(asked.part("group")));
    }
    Cluster cluster = clusters.get(key(String.join("/", path.subList(0, 9))));
    if (cluster == null) {
      throw notFound("managedClusters/" + asked.part("cluster"), asked);
    }
    return cluster;
  }

  static Refusal notFound(String resource, Asked asked) {
    return Refusal.ofArm(
        404,
        "ResourceNotFound",
        "The Resource 'Microsoft.ContainerService/%s' under resource group '%s' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
            .formatted(resource, asked.part("group")));
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
