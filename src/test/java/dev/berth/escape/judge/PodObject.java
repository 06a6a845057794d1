package dev.berth.escape.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A pod as the API server shows it. */
public record PodObject(JsonNode json) {

  JsonNode spec() {
    return json.path("spec");
  }

  Stream<JsonNode> containers() {
    return Stream.of("containers", "initContainers", "ephemeralContainers")
        .flatMap(field -> items(spec().path(field)));
  }

  /** Those that come to a running pod live on what it has. */
  Stream<JsonNode> sizedContainers() {
    return Stream.of("containers", "initContainers").flatMap(field -> items(spec().path(field)));
  }

  Stream<JsonNode> volumes() {
    return items(spec().path("volumes"));
  }

  Stream<String> annotations() {
    return keys(json.at("/metadata/annotations"));
  }

  /** Of the pod and of each container, which may override it. */
  Stream<JsonNode> securityContexts() {
    return Stream.concat(Stream.of(spec()), containers())
        .map(holder -> holder.path("securityContext"));
  }

  public static Stream<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  static Stream<String> keys(JsonNode map) {
    return map.properties().stream().map(Map.Entry::getKey);
  }

  static List<String> texts(JsonNode list) {
    return items(list).map(JsonNode::asText).toList();
  }
}
