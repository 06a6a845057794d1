package dev.berth.kubernetes.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.server.Live;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What separates a live object from its manifest, as the JSON merge patch (RFC 7386) that closes
 * the gap. It covers every field outside {@code metadata} that the manifest names, to the last
 * entry, and those labels and annotations that are Berth's: what others added to these goes, what
 * they keep beside them stays. Quantities are compared by value.
 */
public final class Difference {

  private static final Set<String> IDENTITY = Set.of("apiVersion", "kind", "metadata");
  private static final Set<String> WITH_QUANTITIES = Set.of("ResourceQuota", "LimitRange");

  private final boolean quantities;

  private Difference(String kind) {
    this.quantities = WITH_QUANTITIES.contains(kind);
  }

  /** Empty where the live object is as it should be. */
  public static ObjectNode between(Live live, ObjectNode manifest) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    for (String field : List.of("labels", "annotations")) {
      ObjectNode changes = keys(live, manifest, field);
      if (!changes.isEmpty()) {
        metadata.set(field, changes);
      }
    }
    if (!metadata.isEmpty()) {
      patch.set("metadata", metadata);
    }
    Difference difference = new Difference(manifest.path("kind").asText());
    for (String field : names(manifest)) {
      if (!IDENTITY.contains(field) && !isIdle(field, manifest)) {
        difference.add(patch, field, live.json().path(field), manifest.path(field));
      }
    }
    return patch;
  }

  /** A role that is bound to no one. */
  private static boolean isIdle(String field, ObjectNode manifest) {
    return field.equals("roleRef") && manifest.path("subjects").isEmpty();
  }

  /** The places of the differences, for messages. */
  public static List<String> places(ObjectNode patch) {
    List<String> places = new ArrayList<>();
    for (String field : names(patch)) {
      JsonNode value = patch.path(field);
      if (value instanceof ObjectNode object && !object.isEmpty()) {
        places(object).forEach(place -> places.add(field + "." + place));
      } else {
        places.add(field);
      }
    }
    return places;
  }

  private static ObjectNode keys(Live live, ObjectNode manifest, String field) {
    JsonNode desired = manifest.path("metadata").path(field);
    JsonNode present = live.json().path("metadata").path(field);
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    for (String key : names(desired)) {
      if (!present.path(key).equals(desired.path(key))) {
        changes.set(key, desired.path(key));
      }
    }
    for (String key : names(present)) {
      if (Ownership.isOurs(live, key) && !desired.has(key)) {
        changes.putNull(key);
      }
    }
    return changes;
  }

  private void add(ObjectNode patch, String field, JsonNode live, JsonNode desired) {
    if (same(live, desired)) {
      return;
    }
    if (desired.isMissingNode()) {
      patch.putNull(field);
    } else if (live.isObject() && desired.isObject()) {
      ObjectNode inner = patch.putObject(field);
      for (String name : names(live, desired)) {
        add(inner, name, live.path(name), desired.path(name));
      }
    } else {
      patch.set(field, desired);
    }
  }

  /**
   * The API server leaves out empty lists. An empty object is another matter: as a selector it
   * means all.
   */
  private boolean same(JsonNode live, JsonNode desired) {
    if (isNothing(live) || isNothing(desired)) {
      return isNothing(live) && isNothing(desired);
    }
    if (live.isObject() && desired.isObject()) {
      return names(live, desired).stream().allMatch(n -> same(live.path(n), desired.path(n)));
    }
    if (live.isArray() && desired.isArray()) {
      return sameElements(live, desired);
    }
    return live.equals(desired) || (quantities && sameQuantity(live.asText(), desired.asText()));
  }

  private boolean sameElements(JsonNode live, JsonNode desired) {
    if (live.size() != desired.size()) {
      return false;
    }
    for (int i = 0; i < live.size(); i++) {
      if (!same(live.get(i), desired.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNothing(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isArray() && node.isEmpty());
  }

  public static boolean sameQuantity(String one, String other) {
    try {
      return Quantity.getAmountInBytes(Quantity.parse(one))
              .compareTo(Quantity.getAmountInBytes(Quantity.parse(other)))
          == 0;
    } catch (IllegalArgumentException notQuantities) {
      return false;
    }
  }

  private static Set<String> names(JsonNode... nodes) {
    Set<String> names = new TreeSet<>();
    for (JsonNode node : nodes) {
      node.fieldNames().forEachRemaining(names::add);
    }
    return names;
  }
}
