package dev.berth.local.azure.aks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.wire.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A managed cluster: one operation at a time, its own background work included. */
final class Cluster {
  private final String id;
  private final String name;
  private final String location;
  private final ObjectNode properties = defaults();
  private final Map<String, Pool> pools = new TreeMap<>();
  private final List<Operation> operations = new ArrayList<>();

  Cluster(String id, String location) {
    this.id = id;
    this.name = id.substring(id.lastIndexOf('/') + 1);
    this.location = location;
  }

  private static ObjectNode defaults() {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.put("kubernetesVersion", "1.36").put("currentKubernetesVersion", "1.36.3");
    properties.put("maxAgentPools", 100).put("enableRBAC", true);
    properties.putObject("powerState").put("code", "Running");
    properties
        .putObject("networkProfile")
        .put("networkPlugin", "azure")
        .put("networkPolicy", "none");
    return properties;
  }

  String id() {
    return id;
  }

  ObjectNode properties() {
    return properties;
  }

  Map<String, Pool> pools() {
    return pools;
  }

  Optional<Pool> pool(String pool) {
    return Optional.ofNullable(pools.get(pool.toLowerCase(Locale.ROOT)));
  }

  void begins(Operation operation) {
    operations.removeIf(Operation::isOver);
    operations.add(operation);
  }

  /** AKS takes one operation per cluster at a time, and names the one that runs. */
  void checkIdle(String pool) {
    refuseWhile(operation -> true, pool);
  }

  /** A deletion waits for everything but what it overtakes. */
  void checkIdleForDeletionOf(String pool) {
    refuseWhile(operation -> !operation.isOvertakenByDeletionOf(pool), pool);
  }

  private void refuseWhile(Predicate<Operation> inTheWay, String pool) {
    running()
        .filter(inTheWay)
        .findFirst()
        .map(operation -> busy(operation.subject(), pool))
        .ifPresent(refusal -> {
          throw refusal;
        });
  }

  Stream<Operation> running() {
    return List.copyOf(operations).stream().filter(operation -> !operation.isOver());
  }

  private static Refusal busy(Operation.Subject subject, String pool) {
    String other =
        isOfAPool(subject) && !subject.name().equals(pool)
            ? "Another agentpool operation (%s - %s) is in progress, please wait for it to finish."
                .formatted(subject.name(), subject.doing())
            : "Another operation (%s) is in progress, please wait for it to finish."
                .formatted(subject.doing());
    return Refusal.ofAks(
        409,
        "OperationNotAllowed",
        "Operation is not allowed: %s See https://aka.ms/aks-pending-operation".formatted(other));
  }

  private static boolean isOfAPool(Operation.Subject subject) {
    return !subject.name().isEmpty();
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id).put("name", name).put("location", location);
    json.put("type", "Microsoft.ContainerService/ManagedClusters").put("eTag", tag());
    json.putObject("sku").put("name", "Base").put("tier", "Standard");
    ObjectNode shown = json.putObject("properties").setAll(properties.deepCopy());
    shown.put("provisioningState", running().findAny().isPresent() ? "Updating" : "Succeeded");
    ArrayNode profiles = shown.putArray("agentPoolProfiles");
    pools.values().forEach(pool -> profiles.add(pool.profile()));
    return json;
  }

  /** Of the cluster and its pools as they are. */
  private String tag() {
    String state = properties + pools.values().stream().map(Pool::eTag).toList().toString();
    return UUID.nameUUIDFromBytes(state.getBytes(UTF_8)).toString();
  }
}
