package dev.berth.kubernetes.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.tenant.condition.Brief;

/**
 * What came back from the API server.
 *
 * @param code the HTTP status; {@link #NONE} = nothing came back, and the request may have had its
 *     effect or not
 * @param body the object, or a Kubernetes Status that tells what was wrong
 */
public record Answer(int code, JsonNode body) {

  public static final int NONE = 0;
  public static final String TIMEOUT = "Timeout";

  /** It was not sent, because Berth writes nothing. */
  public static final Answer UNSENT = none("Observing", "nothing is written in this mode");

  /** What a creation would have been answered. */
  static final Answer EXISTS =
      new Answer(409, JsonNodeFactory.instance.objectNode().put("reason", "AlreadyExists"));

  private static final int LONGEST_MESSAGE = 16 * 1024;

  public static Answer none(String reason, String message) {
    return new Answer(
        NONE, JsonNodeFactory.instance.objectNode().put("reason", reason).put("message", message));
  }

  public boolean isOk() {
    return code >= 200 && code < 300;
  }

  public boolean isAbsent() {
    return says(404);
  }

  public boolean isConflict() {
    return says(409);
  }

  public boolean isAlreadyExists() {
    return says(409) && reason().equals("AlreadyExists");
  }

  /** A webhook that denies may choose any code, and means nothing by it. */
  private boolean says(int status) {
    return code == status && !denial().isByAdmission();
  }

  public Denial denial() {
    return Denial.of(this);
  }

  String reason() {
    return body.path("reason").asText();
  }

  /** Cut: it may hold whatever an admission webhook or a tenant wrote. */
  public String message() {
    return Brief.of(body.path("message").asText(), LONGEST_MESSAGE);
  }

  public Live object() {
    return new Live(body);
  }
}
