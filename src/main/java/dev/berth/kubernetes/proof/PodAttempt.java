package dev.berth.kubernetes.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.object.Difference;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Denial;
import dev.berth.kubernetes.server.Denial.DenialKind;
import dev.berth.plan.SandboxClass;

/** What the API server's answer to a pod that was tried proves. */
public record PodAttempt(Answer answer) {

  /** By Berth's own policy and binding: other denials say nothing about these. */
  static final Denial BY_SANDBOX = new Denial(DenialKind.POLICY, "berth-sandbox");

  public boolean isDenied() {
    return answer.code() == 403 && answer.denial().equals(BY_SANDBOX);
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
    return answer.denial().equals(new Denial(DenialKind.CLASS_MISSING, DryRunPod.PROBE_CLASS));
  }
}
