package dev.berth.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A mutating request of Berth, as the API server's audit log tells it.
 *
 * @param namespace for a namespace its own name
 * @param uid of the object in the answer, empty where there is none
 * @param subjects in the answer; more than none only of a RoleBinding that gives access
 */
record ApiRequest(
    Instant received,
    String verb,
    String resource,
    String namespace,
    boolean isDry,
    Answer answer) {

  /** What the API server said. */
  record Answer(int code, String message, String uid, int subjects) {}

  static ApiRequest of(JsonNode line) {
    JsonNode object = line.path("objectRef");
    String resource = object.path("resource").asText();
    JsonNode answer = line.path("responseObject");
    return new ApiRequest(
        Instant.parse(line.path("requestReceivedTimestamp").asText()),
        line.path("verb").asText(),
        resource,
        resource.equals("namespaces") ? name(line) : object.path("namespace").asText(),
        line.path("requestURI").asText().contains("dryRun=All"),
        new Answer(
            line.at("/responseStatus/code").asInt(),
            line.at("/responseStatus/message").asText(),
            answer.at("/metadata/uid").asText(),
            answer.path("subjects").size()));
  }

  /** A creation names the object only in its body. */
  private static String name(JsonNode line) {
    return line.at("/objectRef/name").asText(line.at("/requestObject/metadata/name").asText());
  }

  boolean created(String what) {
    return verb.equals("create") && resource.equals(what) && wrote();
  }

  boolean gaveAccess() {
    return resource.equals("rolebindings") && wrote() && answer.subjects() > 0;
  }

  boolean provedTheSandbox() {
    return verb.equals("create")
        && resource.equals("pods")
        && isDry
        && answer.code() == 403
        && answer.message().contains("'berth-sandbox' with binding 'berth-sandbox' denied");
  }

  private boolean wrote() {
    return !isDry && answer.code() >= 200 && answer.code() < 300;
  }
}
