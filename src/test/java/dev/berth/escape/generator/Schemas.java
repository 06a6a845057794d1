package dev.berth.escape.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The API server's own description of what it takes. */
public final class Schemas {
  private final Map<String, JsonNode> byName = new HashMap<>();
  private final Map<String, Type> types = new ConcurrentHashMap<>();

  /**
   * @param documents of OpenAPI v3, one per API group
   */
  public Schemas(List<JsonNode> documents) {
    for (JsonNode document : documents) {
      document
          .at("/components/schemas")
          .properties()
          .forEach(schema -> byName.put(schema.getKey(), schema.getValue()));
    }
  }

  /** By its full name, such as {@code io.k8s.api.core.v1.Pod}. */
  Type named(String name) {
    return types.computeIfAbsent(name, this::described);
  }

  private Type described(String name) {
    JsonNode schema = byName.get(name);
    if (schema == null) {
      throw new IllegalArgumentException("the API server describes no " + name);
    }
    return new Type(name.substring(name.lastIndexOf('.') + 1), schema);
  }

  private Type resolved(JsonNode schema) {
    JsonNode reference = schema.has("$ref") ? schema.get("$ref") : schema.at("/allOf/0/$ref");
    return reference.isMissingNode()
        ? new Type("", schema)
        : named(reference.asText().substring("#/components/schemas/".length()));
  }

  /**
   * A type of the API.
   *
   * @param name without its group; empty where the type has none
   */
  final class Type {
    final String name;
    private final JsonNode schema;
    private final List<String> fields;
    private final Set<String> required;

    private Type(String name, JsonNode schema) {
      this.name = name;
      this.schema = schema;
      this.required = Set.copyOf(texts(schema.path("required")));
      TreeSet<String> names = new TreeSet<>();
      schema.path("properties").fieldNames().forEachRemaining(names::add);
      this.fields = List.copyOf(names);
    }

    List<String> fields() {
      return fields;
    }

    Type field(String field) {
      return resolved(schema.path("properties").path(field));
    }

    boolean requires(String field) {
      return required.contains(field);
    }

    boolean isObject() {
      return schema.has("properties");
    }

    boolean isMap() {
      return schema.has("additionalProperties");
    }

    boolean isList() {
      return schema.path("type").asText().equals("array");
    }

    /** Of a list or map. */
    Type element() {
      return resolved(
          schema.has("items") ? schema.get("items") : schema.get("additionalProperties"));
    }

    List<String> alternatives() {
      return texts(schema.path("enum"));
    }

    boolean is(String type) {
      return schema.path("type").asText().equals(type);
    }

    private static List<String> texts(JsonNode array) {
      List<String> list = new ArrayList<>();
      array.forEach(text -> list.add(text.asText()));
      return list;
    }
  }
}
