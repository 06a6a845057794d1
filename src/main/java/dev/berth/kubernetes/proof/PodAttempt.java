package dev.berth.kubernetes.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.object.Difference;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.plan.SandboxClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pod that was tried by dry run, and what the API server's answer to it proves. */
public record PodAttempt(Answer answer) {

  /** A class that exists for this alone, and that no namespace requires. */
  public static final String PROBE_CLASS = "berth-probe";

  private static final String DENIED =
      "ValidatingAdmissionPolicy 'berth-sandbox' with binding 'berth-sandbox' denied request";

  /**
   * @param runtimeClass null = the pod names none
   */
  public static PodAttempt in(
      String namespace, @Nullable String runtimeClass, ApiServer api, Instant deadline) {
    return new PodAttempt(api.postDry(ApiPath.pods(namespace), pod(runtimeClass), deadline));
  }

  /** By Berth's own policy and binding: other denials say nothing about these. */
  public boolean isDenied() {
    return answer.code() == 403 && answer.message().contains(DENIED);
  }

  public boolean isAdmitted() {
    return answer.isOk();
  }

  public boolean isOutside(String runtimeClass) {
    return isAdmitted() && !runtimeClass().equals(runtimeClass);
  }

  /** Of the pod as it was let in; empty = none. */
  String runtimeClass() {
    return answer.body().at("/spec/runtimeClassName").asText();
  }

  JsonNode overhead() {
    return answer.body().at("/spec/overhead");
  }

  public boolean hasOverheadOf(SandboxClass expected) {
    return Difference.sameQuantity(
            overhead().path("memory").asText("0"), Long.toString(expected.memoryOverhead()))
        && Difference.sameQuantity(
            overhead().path("cpu").asText("0"), expected.cpuOverhead() + "m");
  }

  boolean lacksProbeClass() {
    return answer.message().contains("RuntimeClass \"" + PROBE_CLASS + "\" not found");
  }

  /** Keeps every rule of the restricted Pod Security Standard, so that no other rule speaks. */
  static ObjectNode pod(@Nullable String runtimeClass) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("generateName", PROBE_CLASS + "-");
    ObjectNode spec = pod.putObject("spec");
    if (runtimeClass != null) {
      spec.put("runtimeClassName", runtimeClass);
    }
    ObjectNode security = spec.putObject("securityContext").put("runAsNonRoot", true);
    security.putObject("seccompProfile").put("type", "RuntimeDefault");
    ObjectNode container = spec.putArray("containers").addObject();
    container.put("name", "probe").put("image", PROBE_CLASS);
    ObjectNode confined =
        container.putObject("securityContext").put("allowPrivilegeEscalation", false);
    confined.putObject("capabilities").putArray("drop").add("ALL");
    return pod;
  }
}
