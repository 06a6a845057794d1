package dev.berth.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An object as the API server holds it. */
record Live(JsonNode json) {

  String name() {
    return metadata().path("name").asText();
  }

  String uid() {
    return metadata().path("uid").asText();
  }

  String resourceVersion() {
    return metadata().path("resourceVersion").asText();
  }

  boolean isTerminating() {
    return metadata().hasNonNull("deletionTimestamp");
  }

  /** The producer's generation that it was last written for; 0 where it says none. */
  long generation() {
    return metadata().path("annotations").path(Ownership.GENERATION).asLong();
  }

  String label(String key) {
    return metadata().path("labels").path(key).asText();
  }

  String annotation(String key) {
    return metadata().path("annotations").path(key).asText();
  }

  /** The patch so that it meets exactly this state of the object, or nothing. */
  ObjectNode fence(ObjectNode patch) {
    patch.withObject("/metadata").put("uid", uid()).put("resourceVersion", resourceVersion());
    return patch;
  }

  private JsonNode metadata() {
    return json.path("metadata");
  }
}
