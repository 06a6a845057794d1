package dev.berth.kubernetes.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An object as the API server holds it. */
public record Live(JsonNode json) {

  public String name() {
    return metadata().path("name").asText();
  }

  public String uid() {
    return metadata().path("uid").asText();
  }

  public String resourceVersion() {
    return metadata().path("resourceVersion").asText();
  }

  public boolean isTerminating() {
    return metadata().hasNonNull("deletionTimestamp");
  }

  public String label(String key) {
    return metadata().path("labels").path(key).asText();
  }

  public String annotation(String key) {
    return metadata().path("annotations").path(key).asText();
  }

  /** The patch so that it meets exactly this state of the object, or nothing. */
  public ObjectNode fence(ObjectNode patch) {
    patch.withObject("/metadata").put("uid", uid()).put("resourceVersion", resourceVersion());
    return patch;
  }

  private JsonNode metadata() {
    return json.path("metadata");
  }
}
