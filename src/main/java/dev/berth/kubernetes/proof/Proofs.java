package dev.berth.kubernetes.proof;

import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.plan.Operation;
import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Outcome;
import dev.berth.plan.SandboxClass;
import dev.berth.provisioning.Assignment;
import dev.berth.tenant.condition.Reason;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Lets the API server prove that the namespace is closed: pods that are tried by dry run, and the
 * quota as the controller took it over. A guarantee is lost only where a pod outside the sandbox
 * would be let in; every other answer proves nothing, neither way.
 */
@Singleton
public class Proofs {

  private static final String NO_DEFAULT =
      "': policy berth-sandbox-default or its binding does not act; apply k8s/policies";

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
          probeDenied(tryPod(namespace, PodAttempt.PROBE_CLASS, assignment), namespace);
      case Proof.ClassRequired c -> classRequired(tryPod(namespace, null, assignment), namespace);
      case Proof.ClassDefaulted c ->
          defaulted(tryPod(namespace, null, assignment), c.expected(), namespace);
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
          "a pod without a class got '"
              + attempt.runtimeClass()
              + "' instead of '"
              + expected.name()
              + NO_DEFAULT);
    }
    return attempt.hasOverheadOf(expected)
        ? new Outcome.Done(null)
        : inconclusive(
            namespace,
            "a pod of class "
                + attempt.runtimeClass()
                + " came back with the overhead "
                + attempt.overhead()
                + ", which is not the one of the class; check the RuntimeClass");
  }

  /** Denials that come before or after the policy's own say nothing about it. */
  private static Outcome undecided(PodAttempt attempt, String namespace) {
    if (attempt.lacksProbeClass()) {
      return new Outcome.Rejected(
          Reason.ProbeClassMissing,
          "the sandbox of "
              + namespace
              + " cannot be proven: RuntimeClass "
              + PodAttempt.PROBE_CLASS
              + " is missing; apply k8s/");
    }
    Answer answer = attempt.answer();
    Outcome usual = Answers.outcome(answer, "proving the sandbox of " + namespace);
    boolean denied = usual instanceof Outcome.Rejected && !answer.isLackOfRights();
    return denied || answer.isQuotaExceeded()
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
        "a pod outside the sandbox would be let in: policy berth-sandbox or its binding does not"
            + " act; apply k8s/policies");
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

  private PodAttempt tryPod(
      String namespace, @Nullable String runtimeClass, Assignment assignment) {
    return PodAttempt.in(namespace, runtimeClass, api, assignment.deadline());
  }
}
