package dev.berth.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.plan.Operation;
import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Outcome;
import dev.berth.plan.SandboxClass;
import dev.berth.provisioning.Assignment;
import dev.berth.tenant.Reason;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Lets the API server prove that the namespace is closed: pods that are tried by dry run, and the
 * quota as the controller took it over.
 */
@Singleton
class Proofs {

  private static final String DENIED =
      "ValidatingAdmissionPolicy 'berth-sandbox' with binding 'berth-sandbox' denied request";
  static final String PROBE = "berth-probe";

  private final ApiServer api;
  private final QuotaWatch quotas;

  Proofs(ApiServer api, QuotaWatch quotas) {
    this.api = api;
    this.quotas = quotas;
  }

  Outcome verify(Operation.Verify verify, Assignment assignment) {
    String namespace = verify.namespace();
    return switch (verify.proof()) {
      case Proof.QuotaBinds q -> quotas.awaitBinding(namespace, assignment);
      case Proof.ProbeDenied p -> denied(tryPod(namespace, PROBE, assignment), namespace);
      case Proof.ClassRequired c -> denied(tryPod(namespace, null, assignment), namespace);
      case Proof.ClassDefaulted c ->
          defaulted(tryPod(namespace, null, assignment), c.expected(), namespace);
    };
  }

  private static Outcome denied(Answer answer, String namespace) {
    if (answer.code() == 403 && answer.message().contains(DENIED)) {
      return new Outcome.Done(null);
    }
    if (answer.isOk()) {
      return unproven(
          namespace,
          "a pod outside the sandbox would be let in: policy berth-sandbox or its binding does not"
              + " act; apply k8s/policies");
    }
    return undecided(answer, namespace);
  }

  private static Outcome defaulted(Answer answer, SandboxClass expected, String namespace) {
    if (!answer.isOk()) {
      return undecided(answer, namespace);
    }
    JsonNode spec = answer.body().path("spec");
    String got = spec.path("runtimeClassName").asText();
    if (!got.equals(expected.name())) {
      return unproven(
          namespace,
          "a pod without a class got '"
              + got
              + "' instead of '"
              + expected.name()
              + "': policy"
              + " berth-sandbox-default or its binding does not act; apply k8s/policies");
    }
    return hasOverhead(spec.path("overhead"), expected)
        ? new Outcome.Done(null)
        : unproven(
            namespace,
            "a pod of class "
                + got
                + " came back with the overhead "
                + spec.path("overhead")
                + ", which is not the one of the class; check the RuntimeClass");
  }

  private static boolean hasOverhead(JsonNode overhead, SandboxClass expected) {
    return Difference.sameQuantity(
            overhead.path("memory").asText("0"), Long.toString(expected.memoryOverhead()))
        && Difference.sameQuantity(overhead.path("cpu").asText("0"), expected.cpuOverhead() + "m");
  }

  /** Denials that come before or after the policy's own say nothing about it. */
  private static Outcome undecided(Answer answer, String namespace) {
    String message = answer.message();
    if (message.contains("RuntimeClass \"" + PROBE + "\" not found")) {
      return new Outcome.Rejected(
          Reason.ProbeClassMissing,
          "the sandbox of "
              + namespace
              + " cannot be proven: RuntimeClass "
              + PROBE
              + " is missing; apply k8s/");
    }
    if (answer.code() == 403
        && (message.contains("exceeded quota") || message.contains("'berth-sandbox'"))) {
      return unproven(namespace, Answers.brief(message));
    }
    return Answers.outcome(answer, "proving the sandbox of " + namespace);
  }

  private static Outcome unproven(String namespace, String why) {
    return new Outcome.Retryable(
        Reason.SandboxUnproven, "the sandbox of " + namespace + " is not proven: " + why);
  }

  private Answer tryPod(String namespace, @Nullable String runtimeClass, Assignment assignment) {
    return api.postDry(ApiPath.pods(namespace), pod(runtimeClass), assignment.deadline());
  }

  /** Keeps every rule of the restricted Pod Security Standard, so that no other rule speaks. */
  static ObjectNode pod(@Nullable String runtimeClass) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("generateName", PROBE + "-");
    ObjectNode spec = pod.putObject("spec");
    if (runtimeClass != null) {
      spec.put("runtimeClassName", runtimeClass);
    }
    ObjectNode security = spec.putObject("securityContext").put("runAsNonRoot", true);
    security.putObject("seccompProfile").put("type", "RuntimeDefault");
    ObjectNode container = spec.putArray("containers").addObject();
    container.put("name", "probe").put("image", PROBE);
    ObjectNode confined =
        container.putObject("securityContext").put("allowPrivilegeEscalation", false);
    confined.putObject("capabilities").putArray("drop").add("ALL");
    return pod;
  }
}
