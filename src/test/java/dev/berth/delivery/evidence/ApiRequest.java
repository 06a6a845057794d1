package dev.berth.delivery.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A mutating request of Berth, as the API server's audit log tells it.
 *
 * @param namespace for a namespace its own name
 * @param uid of the object in the answer, empty where there is none
 * @param subjects asked for or answered; more than none only of a RoleBinding that gives access
 */
record ApiRequest(
    Instant received,
    String verb,
    String resource,
    String namespace,
    boolean isDry,
    int subjects,
    Answer answer) {

  /** What the API server said. */
  record Answer(int code, String message, String uid) {}

  static ApiRequest of(JsonNode line) {
    JsonNode object = line.path("objectRef");
    String resource = object.path("resource").asText();
    return new ApiRequest(
        Instant.parse(line.path("requestReceivedTimestamp").asText()),
        line.path("verb").asText(),
        resource,
        resource.equals("namespaces") ? name(line) : object.path("namespace").asText(),
        line.path("requestURI").asText().contains("dryRun=All"),
        Math.max(
            line.at("/requestObject/subjects").size(), line.at("/responseObject/subjects").size()),
        new Answer(
            line.at("/responseStatus/code").asInt(),
            line.at("/responseStatus/message").asText(),
            line.at("/responseObject/metadata/uid").asText()));
  }

  /** A creation names the object only in its body. */
  private static String name(JsonNode line) {
    return line.at("/objectRef/name").asText(line.at("/requestObject/metadata/name").asText());
  }

  boolean created(String what) {
    return asksFor(what) && succeeded();
  }

  /** Cut off by a kill: it may have been made or not. */
  boolean perhapsCreated(String what) {
    return asksFor(what) && answer.code() >= 500;
  }

  /** The object stands, by the answer itself. */
  boolean found(String what) {
    return asksFor(what)
        && answer.code() == 409
        && answer.message().endsWith("already exists")
        && !answer.message().contains("is being deleted");
  }

  boolean deleted(String what) {
    return verb.equals("delete") && resource.equals(what) && succeeded();
  }

  /** Or perhaps gave it: what a kill cut off may have been done. */
  boolean gaveAccess() {
    return resource.equals("rolebindings")
        && subjects > 0
        && !isDry
        && (succeeded() || answer.code() >= 500);
  }

  boolean provedTheSandbox() {
    return verb.equals("create")
        && resource.equals("pods")
        && isDry
        && answer.code() == 403
        && answer.message().contains("'berth-sandbox' with binding 'berth-sandbox' denied");
  }

  boolean asksFor(String what) {
    return verb.equals("create") && resource.equals(what) && !isDry;
  }

  private boolean succeeded() {
    return answer.code() >= 200 && answer.code() < 300;
  }
}
