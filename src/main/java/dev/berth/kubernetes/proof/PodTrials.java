package dev.berth.kubernetes.proof;

import static java.util.stream.Collectors.toSet;

import dev.berth.kubernetes.policy.PolicyObject;
import dev.berth.kubernetes.policy.ShippedPolicies;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Denial;
import dev.berth.kubernetes.server.Denial.DenialKind;
import dev.berth.plan.isolation.Escape;
import dev.berth.plan.isolation.IsolationCheck;
import dev.berth.plan.isolation.IsolationCheck.PodDefaulted;
import dev.berth.plan.isolation.IsolationCheck.PodRefused;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationLine.LineResult;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Tries pods by dry run, and says who refused them. */
@Singleton
class PodTrials {

  private static final Logger LOG = Logger.getLogger(PodTrials.class);

  private final ApiServer api;
  private final Set<String> policies;

  PodTrials(ApiServer api) {
    this.api = api;
    this.policies =
        ShippedPolicies.load().objects().stream().map(PolicyObject::name).collect(toSet());
  }

  Optional<IsolationLine> tryEscape(PodRefused check, Instant deadline) {
    DryRunPod pod = DryRunPod.escaping(check.escape(), check.runtimeClass());
    PodAttempt attempt = pod.tryIn(check.namespace(), api, deadline);
    if (attempt.isAdmitted()) {
      return Optional.of(IsolationLine.of(check, "admitted", "none", LineResult.FAILED));
    }
    boolean counts = counts(attempt.answer().denial(), check.escape());
    return refused(check, attempt.answer(), counts ? LineResult.PASSED : LineResult.INCONCLUSIVE);
  }

  /** What somebody else refuses now says nothing about what Berth's own guards would do. */
  boolean counts(Denial denial, Escape escape) {
    return escape.isFromSandbox()
        ? denial.equals(PodAttempt.BY_SANDBOX)
        : denial.kind() == DenialKind.POD_SECURITY
            || (denial.kind() == DenialKind.POLICY && policies.contains(denial.by()));
  }

  Optional<IsolationLine> tryDefault(PodDefaulted check, Instant deadline) {
    PodAttempt attempt = DryRunPod.withoutClass().tryIn(check.namespace(), api, deadline);
    if (!attempt.isAdmitted()) {
      return refused(check, attempt.answer(), LineResult.INCONCLUSIVE);
    }
    String got = attempt.runtimeClass().isEmpty() ? "no class" : attempt.runtimeClass();
    LineResult result =
        attempt.isOutside(check.runtimeClass()) ? LineResult.FAILED : LineResult.PASSED;
    return Optional.of(IsolationLine.of(check, "gets " + got, "berth-sandbox-default", result));
  }

  /** Empty where nothing that guards pods refused it. */
  private static Optional<IsolationLine> refused(
      IsolationCheck check, Answer answer, LineResult result) {
    Denial denial = answer.denial();
    return switch (denial.kind()) {
      case POLICY, MUTATING_POLICY, WEBHOOK, POD_SECURITY ->
          Optional.of(IsolationLine.of(check, "refused", denial.by(), result));
      case QUOTA ->
          Optional.of(
              IsolationLine.of(check, "quota exceeded", "ResourceQuota", LineResult.INCONCLUSIVE));
      case WEBHOOK_SILENT,
          RIGHTS,
          CLASS_MISSING,
          ACCOUNT_MISSING,
          NAMESPACE_TERMINATING,
          SERVER_STARTING,
          OBJECT_REPLACED,
          OTHER -> {
        LOG.warnf(
            "namespace=%s none of its guards answered a pod that was tried: %d %s",
            check.namespace(), answer.code(), Answers.brief(answer.message()));
        yield Optional.empty();
      }
    };
  }
}
