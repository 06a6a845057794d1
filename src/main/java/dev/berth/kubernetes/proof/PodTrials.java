package dev.berth.kubernetes.proof;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.policy.PolicyObject;
import dev.berth.kubernetes.policy.ShippedPolicies;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.plan.isolation.Escape;
import dev.berth.plan.isolation.IsolationCheck.PodDefaulted;
import dev.berth.plan.isolation.IsolationCheck.PodRefused;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationLine.Result;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tries pods by dry run, and tells who refused them. */
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

  Optional<IsolationLine> refused(PodRefused check, Instant deadline) {
    Answer answer = tryPod(check.namespace(), pod(check), deadline);
    if (answer.isOk()) {
      return Optional.of(IsolationLine.of(check, "admitted", "none", Result.FAILED));
    }
    if (Guard.isQuota(answer)) {
      return Optional.of(
          IsolationLine.of(check, "quota exceeded", Guard.QUOTA, Result.INCONCLUSIVE));
    }
    return guard(answer, check.namespace())
        .map(guard -> {
          Result result = counts(guard, check) ? Result.PASSED : Result.INCONCLUSIVE;
          return IsolationLine.of(check, "refused", guard, result);
        });
  }

  /** What somebody else refuses now says nothing about what Berth's own guards would do. */
  boolean counts(String guard, PodRefused check) {
    return check.escape().isFromSandbox()
        ? guard.equals("berth-sandbox")
        : guard.equals(Guard.POD_SECURITY) || policies.contains(guard);
  }

  Optional<IsolationLine> defaulted(PodDefaulted check, Instant deadline) {
    Answer answer = tryPod(check.namespace(), PodAttempt.pod(null), deadline);
    if (answer.isOk()) {
      String got = answer.body().at("/spec/runtimeClassName").asText("no class");
      boolean right = got.equals(check.runtimeClass());
      return Optional.of(
          IsolationLine.of(
              check,
              "gets " + got,
              "berth-sandbox-default",
              right ? Result.PASSED : Result.FAILED));
    }
    if (Guard.isQuota(answer)) {
      return Optional.of(
          IsolationLine.of(check, "quota exceeded", Guard.QUOTA, Result.INCONCLUSIVE));
    }
    return guard(answer, check.namespace())
        .map(guard -> IsolationLine.of(check, "refused", guard, Result.INCONCLUSIVE));
  }

  private Answer tryPod(String namespace, ObjectNode pod, Instant deadline) {
    return api.postDry(ApiPath.pods(namespace), pod, deadline);
  }

  private static Optional<String> guard(Answer answer, String namespace) {
    Optional<String> guard = Guard.of(answer);
    if (guard.isEmpty()) {
      LOG.warnf(
          "namespace=%s a pod that was tried was answered by none of its guards: %d %s",
          namespace, answer.code(), Answers.brief(answer.message()));
    }
    return guard;
  }

  /** As it must be, but for its escape. */
  private static ObjectNode pod(PodRefused check) {
    ObjectNode pod = PodAttempt.pod(runtimeClass(check));
    ObjectNode spec = pod.withObject("/spec");
    switch (check.escape()) {
      case PROBE_CLASS, NO_CLASS -> {}
      case HOST_NETWORK -> spec.put("hostNetwork", true);
      case HOST_PID -> spec.put("hostPID", true);
      case HOST_PATH ->
          spec.putArray("volumes")
              .addObject()
              .put("name", "node")
              .putObject("hostPath")
              .put("path", "/");
      case PRIVILEGED ->
          spec.withObject("/containers/0/securityContext")
              .put("privileged", true)
              .put("allowPrivilegeEscalation", true);
      case SYSTEM_PRIORITY -> spec.put("priorityClassName", "system-node-critical");
      case EVERY_TAINT -> spec.putArray("tolerations").addObject().put("operator", "Exists");
      case CHOSEN_NODE -> spec.put("nodeName", "berth-probe");
      case CHOSEN_NODE_BY_FIELD -> chooseNode(spec);
      case RUNTIME_ANNOTATION ->
          pod.withObject("/metadata/annotations").put("io.katacontainers.config_path", "/");
      case PROBE_OF_OTHERS ->
          spec.withObject("/containers/0/livenessProbe/httpGet")
              .put("host", "169.254.169.254")
              .put("port", 80);
      case DEVICE -> spec.withObject("/containers/0/resources/limits").put("berth.dev/probe", "1");
      case ENDLESS -> spec.put("terminationGracePeriodSeconds", 3_153_600_000L);
    }
    return pod;
  }

  private static void chooseNode(ObjectNode spec) {
    spec.withObject("/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution")
        .putArray("nodeSelectorTerms")
        .addObject()
        .putArray("matchFields")
        .addObject()
        .put("key", "metadata.name")
        .put("operator", "In")
        .putArray("values")
        .add("berth-probe");
  }

  private static @Nullable String runtimeClass(PodRefused check) {
    if (check.escape() == Escape.PROBE_CLASS) {
      return PodAttempt.PROBE_CLASS;
    }
    boolean none = check.escape() == Escape.NO_CLASS || check.runtimeClass().isEmpty();
    return none ? null : check.runtimeClass();
  }
}
