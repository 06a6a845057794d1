package dev.berth.event.released;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Schemas with everything in the place where it is referred to. */
record SchemaFolder(Path folder) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What is for people, and what was expanded. */
  private static final Set<String> WORDS =
      Set.of("$schema", "$id", "$comment", "$defs", "title", "description");

  List<String> types() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode of(String type) {
    String file = type + ".json";
    return expanded(read(file), file);
  }

  private JsonNode expanded(JsonNode node, String file) {
    if (node instanceof ArrayNode list) {
      ArrayNode all = JSON.createArrayNode();
      list.forEach(it -> all.add(expanded(it, file)));
      return all;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode all = JSON.createObjectNode();
    if (object.has("$ref")) {
      all.setAll((ObjectNode) referred(object.get("$ref").asText(), file));
    }
    object.properties().stream()
        .filter(member -> !WORDS.contains(member.getKey()) && !member.getKey().equals("$ref"))
        .forEach(member -> all.set(member.getKey(), expanded(member.getValue(), file)));
    return all;
  }

  private JsonNode referred(String reference, String from) {
    String[] parts = reference.split("#", -1);
    String file = parts[0].isEmpty() ? from : parts[0];
    JsonNode whole = read(file);
    return expanded(parts.length < 2 ? whole : whole.at(parts[1]), file);
  }

  private JsonNode read(String file) {
    try {
      return JSON.readTree(folder.resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
