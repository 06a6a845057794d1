package dev.berth.local.azure.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/**
 * An error answer in one of the two envelopes: AKS itself answers flat, with {@code subcode}; what
 * the Resource Manager answers before or instead of it stands within {@code error}.
 */
public final class Refusal extends RuntimeException {
  private final transient Answer answer;

  private Refusal(Answer answer) {
    super(answer.body().toString());
    this.answer = answer;
  }

  public static Refusal ofAks(int status, String code, String message) {
    ObjectNode body = body(code, message);
    body.putNull("details");
    body.put("subcode", "");
    return new Refusal(Answer.of(status, body));
  }

  public static Refusal ofArm(int status, String code, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("error", body(code, message));
    return new Refusal(Answer.of(status, body).with("x-ms-failure-cause", "gateway"));
  }

  /** Another writer was faster; the message on top misleads. */
  public static Refusal etagMismatch() {
    return ofAks(409, "EtagMismatch", "Operation is not allowed: Another operation is in progress")
        .because("Unspecified", "rpc error: code = FailedPrecondition desc = Etag mismatched");
  }

  /** As flat answers about one property name it. */
  public Refusal about(String target) {
    return edited(body -> body.put("target", target));
  }

  /** What a layer below said. */
  private Refusal because(String code, String message) {
    return edited(body -> {
      body.putArray("details").add(body(code, message));
      return body;
    });
  }

  public Refusal with(String header, String value) {
    return new Refusal(answer.with(header, value));
  }

  public Answer answer() {
    return answer;
  }

  private Refusal edited(UnaryOperator<ObjectNode> edit) {
    ObjectNode body = answer.body().deepCopy();
    return new Refusal(new Answer(answer.status(), answer.headers(), edit.apply(body)));
  }

  private static ObjectNode body(String code, String message) {
    return JsonNodeFactory.instance.objectNode().put("code", code).put("message", message);
  }
}
