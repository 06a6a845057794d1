package dev.berth.escape.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.berth.escape.generator.Schemas.Type;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Makes values and changes objects by their schema, biased by words; the same for the same seed.
 */
final class Generator {
  private static final int DEEPEST = 6;

  /** Exactly one of the fields is the value; the schema does not say so. */
  private static final Map<String, Set<String>> UNIONS =
      Map.of(
          "Volume", Set.of("name"),
          "VolumeProjection", Set.of(),
          "LifecycleHandler", Set.of(),
          "EnvVarSource", Set.of(),
          "EnvFromSource", Set.of("prefix"),
          "PodResourceClaim", Set.of("name"),
          "Probe",
              Set.of(
                  "failureThreshold",
                  "initialDelaySeconds",
                  "periodSeconds",
                  "successThreshold",
                  "terminationGracePeriodSeconds",
                  "timeoutSeconds"));

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Words words;
  private final JsonNode prototypes;
  private final String kind;
  private final Random random;

  /**
   * @param prototypes by type: what to begin with, because a random one would never be admitted
   * @param kind of the whole object
   */
  Generator(Words words, JsonNode prototypes, String kind, Random random) {
    this.words = words;
    this.prototypes = prototypes;
    this.kind = kind;
    this.random = random;
  }

  /** Somewhere in it: a field is set, taken away, or grows. */
  void change(ObjectNode object, Type type) {
    change(object, type, words.field(random, kind, type.name, type.fields()));
  }

  /** At or below the field. */
  void change(ObjectNode object, Type type, String field) {
    JsonNode existing = object.get(field);
    Type fieldType = type.field(field);
    int removedOf100 = fieldType.isObject() ? 2 : 8;
    if (existing != null && !type.requires(field) && isOf100(removedOf100)) {
      object.remove(field);
    } else if (existing == null || !grow(existing, fieldType, type.name, field)) {
      makeRoom(object, type, field);
      object.set(field, value(fieldType, type.name, field, 0));
    }
    equalize(object, type);
  }

  /** Within what is there; false where it has no inside, and now and then. */
  private boolean grow(JsonNode existing, Type type, String owner, String field) {
    boolean grows = existing.isContainerNode() && isOf100(95);
    if (grows && existing instanceof ArrayNode list) {
      change(list, type, owner, field);
    } else if (grows && type.isObject()) {
      change((ObjectNode) existing, type);
    } else if (grows && type.isMap()) {
      put((ObjectNode) existing, type, owner, field, 0);
    } else {
      return false;
    }
    return true;
  }

  private static void makeRoom(ObjectNode object, Type type, String field) {
    Set<String> common = UNIONS.get(type.name);
    if (common != null && !common.contains(field)) {
      object.retain(common);
    }
  }

  private void change(ArrayNode list, Type type, String owner, String field) {
    Type element = type.element();
    if (!list.isEmpty() && isOf100(70)) {
      int index = random.nextInt(list.size());
      if (list.get(index) instanceof ObjectNode object && element.isObject()) {
        change(object, element);
      } else {
        list.set(index, value(element, owner, field, 0));
      }
    } else if (list.size() > 1 && isOf100(10)) {
      list.remove(random.nextInt(list.size()));
    } else {
      list.add(value(element, owner, field, 0));
    }
  }

  private JsonNode value(Type type, String owner, String field, int depth) {
    if (type.isObject()) {
      return object(type, depth);
    }
    if (type.isMap()) {
      ObjectNode map = NODES.objectNode();
      put(map, type, owner, field, depth);
      return map;
    }
    if (type.isList()) {
      ArrayNode list = NODES.arrayNode();
      for (int i = isOf100(75) ? 1 : 2; i > 0; i--) {
        list.add(value(type.element(), owner, field, depth + 1));
      }
      return list;
    }
    return scalar(type, List.of(kind + "." + field, owner + "." + field, field));
  }

  private JsonNode scalar(Type type, List<String> names) {
    List<String> alternatives = type.alternatives();
    boolean chooses = !alternatives.isEmpty() || type.is("boolean");
    JsonNode word = words.any(random, chooses ? names.subList(0, names.size() - 1) : names);
    if (!word.isMissingNode()) {
      return type.is("integer") && !word.isIntegralNumber() ? IntNode.valueOf(1) : word;
    }
    if (!alternatives.isEmpty()) {
      return TextNode.valueOf(alternatives.get(random.nextInt(alternatives.size())));
    }
    if (type.is("boolean")) {
      return NODES.booleanNode(random.nextBoolean());
    }
    return switch (type.name) {
      case "Quantity" -> TextNode.valueOf("1");
      case "IntOrString" -> IntNode.valueOf(8080);
      default ->
          type.is("integer") ? IntNode.valueOf(random.nextInt(1, 60)) : TextNode.valueOf("x");
    };
  }

  private void put(ObjectNode map, Type type, String owner, String field, int depth) {
    String key =
        words.any(random, List.of(kind + "." + field, owner + "." + field, field)).asText("x");
    map.set(key, value(type.element(), owner, key, depth + 1, field + ".value"));
  }

  private JsonNode value(Type type, String owner, String key, int depth, String fallback) {
    return type.isObject() || type.isMap() || type.isList()
        ? value(type, owner, key, depth)
        : scalar(type, List.of(key, fallback));
  }

  private ObjectNode variant(ObjectNode prototype, Type type) {
    ObjectNode object = prototype.deepCopy();
    if (type.requires("name")) {
      object.put("name", "extra-" + random.nextInt(1000));
    }
    complete(object, type, 0);
    for (int changes = random.nextInt(3); changes > 0; changes--) {
      change(object, type);
    }
    return object;
  }

  private ObjectNode object(Type type, int depth) {
    if (prototypes.get(type.name) instanceof ObjectNode prototype) {
      return variant(prototype, type);
    }
    ObjectNode object = NODES.objectNode();
    complete(object, type, depth);
    List<String> optional = type.fields().stream().filter(f -> !type.requires(f)).toList();
    if (UNIONS.get(type.name) instanceof Set<String> common) {
      optional = optional.stream().filter(field -> !common.contains(field)).toList();
      set(object, type, words.field(random, kind, type.name, optional), depth);
      optional = List.of();
    }
    int least = object.isEmpty() ? 1 : 0;
    for (int more = least + random.nextInt(2);
        more > 0 && !optional.isEmpty() && depth < DEEPEST;
        more--) {
      set(object, type, words.field(random, kind, type.name, optional), depth);
    }
    if (type.name.equals("Volume")) {
      object.put("name", "v-" + random.nextInt(1000));
    }
    equalize(object, type);
    return object;
  }

  private void complete(ObjectNode object, Type type, int depth) {
    type.fields().stream()
        .filter(field -> type.requires(field) && !object.has(field))
        .forEach(field -> set(object, type, field, depth));
  }

  private void set(ObjectNode object, Type type, String field, int depth) {
    object.set(field, value(type.field(field), type.name, field, depth + 1));
  }

  /** Amounts are mostly written twice, else hardly any would pass. */
  private void equalize(ObjectNode object, Type type) {
    if (type.name.equals("ResourceRequirements") && isOf100(60)) {
      boolean limitsLead =
          object.has("limits") && (random.nextBoolean() || !object.has("requests"));
      JsonNode leading = object.path(limitsLead ? "limits" : "requests");
      if (leading.isObject()) {
        object.set("limits", leading.deepCopy());
        object.set("requests", leading.deepCopy());
      }
    }
  }

  private boolean isOf100(int percent) {
    return random.nextInt(100) < percent;
  }
}
