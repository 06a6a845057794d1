package dev.berth.kubernetes.proof;

import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Denial.DenialKind;
import dev.berth.plan.Operation;
import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Outcome;
import dev.berth.plan.SandboxClass;
import dev.berth.provisioning.Assignment;
import dev.berth.tenant.condition.Reason;
import jakarta.inject.Singleton;

/**
 * Lets the API server prove that the namespace is closed: pods that are tried by dry run, and the
 * quota as the controller took it over. A guarantee is lost only where a pod outside the sandbox
 * would be let in; every other answer proves nothing, neither way.
 */
@Singleton
public class Proofs {

  private static final String NO_DEFAULT =
      "': policy berth-sandbox-default or its binding has no effect; apply k8s/policies";

  private final ApiServer api;
  private final QuotaWatch quotas;

  public Proofs(ApiServer api, QuotaWatch quotas) {
    this.api = api;
    this.quotas = quotas;
  }

  public Outcome verify(Operation.Verify verify, Assignment assignment) {
    String namespace = verify.namespace();
    return switch (verify.proof()) {
      case Proof.QuotaBinds q -> quotas.awaitBinding(namespace, assignment);
      case Proof.ProbeDenied p ->
          probeDenied(tryPod(DryRunPod.ofProbeClass(), verify, assignment), namespace);
      case Proof.ClassRequired c ->
          classRequired(tryPod(DryRunPod.withoutClass(), verify, assignment), namespace);
      case Proof.ClassDefaulted c ->
          defaulted(tryPod(DryRunPod.withoutClass(), verify, assignment), c.expected(), namespace);
    };
  }

  private static Outcome probeDenied(PodAttempt attempt, String namespace) {
    if (attempt.isDenied()) {
      return new Outcome.Done(null);
    }
    return attempt.isAdmitted() ? letIn(namespace) : undecided(attempt, namespace);
  }

  private static Outcome classRequired(PodAttempt attempt, String namespace) {
    return attempt.isAdmitted() && !attempt.runtimeClass().isEmpty()
        ? inconclusive(
            namespace,
            "a pod without a class was not denied, but got '"
                + attempt.runtimeClass()
                + "': the cluster sets a class, which its canary namespace has not shown yet")
        : probeDenied(attempt, namespace);
  }

  private static Outcome defaulted(PodAttempt attempt, SandboxClass expected, String namespace) {
    if (attempt.isDenied()) {
      return inconclusive(
          namespace,
          "a pod without a class is denied instead of getting '" + expected.name() + NO_DEFAULT);
    }
    if (!attempt.isAdmitted()) {
      return undecided(attempt, namespace);
    }
    if (attempt.isOutside(expected.name())) {
      return unproven(
          namespace,
          "a pod without a class got '%s' instead of '%s"
              .formatted(attempt.runtimeClass(), expected.name() + NO_DEFAULT));
    }
    return attempt.hasOverheadOf(expected)
        ? new Outcome.Done(null)
        : inconclusive(
            namespace,
            "a pod of class %s came back with the overhead %s, which is not the one of the class; check the RuntimeClass"
                .formatted(attempt.runtimeClass(), attempt.overhead()));
  }

  /** Denials that come before or after the policy's own say nothing about it. */
  private static Outcome undecided(PodAttempt attempt, String namespace) {
    if (attempt.lacksProbeClass()) {
      return new Outcome.Rejected(
          Reason.ProbeClassMissing,
          "the sandbox of %s cannot be proven: RuntimeClass %s is missing; apply k8s/"
              .formatted(namespace, DryRunPod.PROBE_CLASS));
    }
    Answer answer = attempt.answer();
    Outcome usual = Answers.outcome(answer, "proving the sandbox of " + namespace);
    DenialKind kind = answer.denial().kind();
    boolean denied = usual instanceof Outcome.Rejected && kind != DenialKind.RIGHTS;
    return denied || kind == DenialKind.QUOTA
        ? inconclusive(
            namespace,
            "another rule answered first ("
                + Answers.brief(answer.message())
                + "); if it stays, let pods named berth-probe-* pass it, or free some quota")
        : usual;
  }

  private static Outcome letIn(String namespace) {
    return unproven(
        namespace,
        "a pod outside the sandbox would be admitted: policy berth-sandbox or its binding has no"
            + " effect; apply k8s/policies");
  }

  private static Outcome unproven(String namespace, String why) {
    return new Outcome.Retryable(
        Reason.SandboxUnproven, "the sandbox of " + namespace + " is not proven: " + why);
  }

  private static Outcome inconclusive(String namespace, String why) {
    return new Outcome.Retryable(
        Reason.ProofInconclusive,
        "the sandbox of " + namespace + " is neither proven nor disproven: " + why);
  }

  private PodAttempt tryPod(DryRunPod pod, Operation.Verify verify, Assignment assignment) {
    return pod.tryIn(verify.namespace(), api, assignment.deadline());
  }
}
