package dev.berth.event.released;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a new schema breaks of a released one. Who reads must take everything that who writes may
 * write; no member that was there goes away. Both are expanded. Pure.
 */
final class SchemaBreaks {

  /** Who has the new schema. */
  enum Direction {
    /** Producers write by the released one. */
    INPUT,
    /** Consumers read by the released one; values that are new to them they pass over. */
    OUTPUT
  }

  private static final List<String> LOWER = List.of("minimum", "minLength", "minItems");
  private static final List<String> UPPER =
      List.of("maximum", "maxLength", "maxItems", "maxProperties");
  private static final double NO_BOUND = Double.MAX_VALUE;

  /** What cannot be weighed: any change may be a break. */
  private static final List<String> SAME =
      List.of("pattern", "format", "not", "allOf", "anyOf", "if", "then", "else", "const");

  private final Direction direction;
  private final List<String> found = new ArrayList<>();

  private SchemaBreaks(Direction direction) {
    this.direction = direction;
  }

  static List<String> between(JsonNode released, JsonNode now, Direction direction) {
    SchemaBreaks breaks = new SchemaBreaks(direction);
    breaks.compare("", released, now);
    return breaks.found;
  }

  private void compare(String at, JsonNode released, JsonNode now) {
    JsonNode writer = direction == Direction.INPUT ? released : now;
    JsonNode reader = direction == Direction.INPUT ? now : released;
    values(at, writer, reader);
    bounds(at, writer, reader);
    members(at, writer, reader);
    for (String name : names(released.path("properties"))) {
      if (now.path("properties").has(name)) {
        compare(at + "/" + name, released.at("/properties/" + name), now.at("/properties/" + name));
      } else {
        found.add(at + "/" + name + " is gone");
      }
    }
    for (String part : List.of("items", "propertyNames", "additionalProperties")) {
      if (writer.path(part).isObject() || reader.path(part).isObject()) {
        compare(at + "/" + part, orAnything(released.path(part)), orAnything(now.path(part)));
      }
    }
  }

  private void values(String at, JsonNode writer, JsonNode reader) {
    if (reader.has("type") && !set(reader.get("type")).containsAll(types(writer))) {
      changed(at, "type", writer, reader);
    }
    boolean grows = direction == Direction.OUTPUT && writer.has("enum");
    boolean contained =
        writer.has("enum") && set(reader.path("enum")).containsAll(set(writer.get("enum")));
    if (reader.has("enum") && !grows && !contained) {
      changed(at, "enum", writer, reader);
    }
    SAME.stream()
        .filter(rule -> reader.has(rule) && !reader.get(rule).equals(writer.path(rule)))
        .forEach(rule -> changed(at, rule, writer, reader));
  }

  private void bounds(String at, JsonNode writer, JsonNode reader) {
    LOWER.stream()
        .filter(bound -> number(reader, bound, -NO_BOUND) > number(writer, bound, -NO_BOUND))
        .filter(bound -> bound.equals("minimum") || number(reader, bound, 0) > 0)
        .forEach(bound -> changed(at, bound, writer, reader));
    UPPER.stream()
        .filter(bound -> number(reader, bound, NO_BOUND) < number(writer, bound, NO_BOUND))
        .forEach(bound -> changed(at, bound, writer, reader));
  }

  private static double number(JsonNode schema, String bound, double otherwise) {
    return schema.path(bound).asDouble(otherwise);
  }

  private void changed(String at, String rule, JsonNode writer, JsonNode reader) {
    found.add(
        "%s: %s takes %s of %s"
            .formatted(at, rule, reader.path(rule), writer.has(rule) ? writer.get(rule) : "any"));
  }

  private void members(String at, JsonNode writer, JsonNode reader) {
    Set<String> required = set(reader.path("required"));
    required.removeAll(set(writer.path("required")));
    required.forEach(name -> found.add("%s: %s is required".formatted(at, name)));
    boolean closed =
        reader.path("additionalProperties").equals(JsonNodeFactory.instance.booleanNode(false));
    Set<String> more = names(writer.path("properties"));
    more.removeAll(names(reader.path("properties")));
    boolean open =
        !writer.path("additionalProperties").equals(JsonNodeFactory.instance.booleanNode(false));
    if (closed && (open || !more.isEmpty())) {
      found.add("%s: no further members are taken".formatted(at));
    }
  }

  private static boolean isClosed(JsonNode schema) {
    return schema.path("additionalProperties").equals(BooleanNode.FALSE);
  }

  /** None said = any. */
  private static Set<String> types(JsonNode schema) {
    Set<String> types = set(schema.path("type"));
    if (types.isEmpty()) {
      types.add(schema.has("enum") ? "by enum" : "any");
    }
    return types;
  }

  private static JsonNode orAnything(JsonNode schema) {
    return schema.isObject() ? schema : JsonNodeFactory.instance.objectNode();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.properties().stream().map(Map.Entry::getKey).forEach(names::add);
    return names;
  }

  private static Set<String> set(JsonNode oneOrMany) {
    Set<String> set = new HashSet<>();
    if (oneOrMany.isArray()) {
      oneOrMany.forEach(it -> set.add(it.asText()));
    } else if (!oneOrMany.isMissingNode()) {
      set.add(oneOrMany.asText());
    }
    return set;
  }
}
