package dev.berth.local.azure.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.wire.Refusal;

/** How many nodes a pool may ask for, with and without the autoscaler. */
final class NodeCounts {
  private static final int MOST = 1_000;

  private NodeCounts() {}

  static void check(JsonNode before, ObjectNode wanted, ObjectNode pool) {
    for (String required : new String[] {"count", "vmSize"}) {
      if (!pool.has(required)) {
        throw missing(required);
      }
    }
    int least = pool.path("mode").asText().equals("System") ? 1 : 0;
    checkRange(pool, "count", least, MOST);
    checkRange(pool, "maxPods", 10, 250);
    if (pool.path("enableAutoScaling").asBoolean()) {
      checkAutoscaler(before, pool, least);
    } else if (wanted.has("minCount") || wanted.has("maxCount")) {
      throw PoolFields.invalid(
          "minCount", "minCount and maxCount are allowed only if enableAutoScaling is true.");
    }
  }

  private static void checkAutoscaler(JsonNode before, ObjectNode pool, int least) {
    for (String required : new String[] {"minCount", "maxCount"}) {
      if (!pool.has(required)) {
        throw missing(required);
      }
    }
    checkRange(pool, "maxCount", 1, MOST);
    checkRange(pool, "minCount", least, pool.path("maxCount").asInt());
    // A new minimum may lie above the nodes that are there: the autoscaler then adds some.
    if (before.isMissingNode()) {
      checkRange(pool, "count", pool.path("minCount").asInt(), pool.path("maxCount").asInt());
    }
  }

  private static void checkRange(ObjectNode pool, String field, int least, int most) {
    int value = pool.path(field).asInt();
    if (value < least || value > most) {
      throw PoolFields.invalid(
          field,
          "agentPoolProfile.%s was %d. It must be greater or equal to %d and less than or equal to %d."
              .formatted(field, value, least, most));
    }
  }

  private static Refusal missing(String field) {
    return Refusal.ofAks(
            400,
            "InvalidParameter",
            "Required parameter properties.%s is missing (null).".formatted(field))
        .about("properties." + field);
  }
}
