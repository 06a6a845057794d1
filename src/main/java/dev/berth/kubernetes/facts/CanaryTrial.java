package dev.berth.kubernetes.facts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.object.Difference;
import dev.berth.kubernetes.proof.DryRunPod;
import dev.berth.kubernetes.proof.PodAttempt;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Resource.Key;
import dev.berth.plan.Resource.Kind;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Canary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Tries pods in the canary namespace of a class, which it makes and keeps as it should be. */
final class CanaryTrial {

  private static final Logger LOG = Logger.getLogger(CanaryTrial.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ApiServer api;
  private final Clock clock;

  CanaryTrial(ApiServer api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * Empty where the answers prove nothing: somebody else's, errors, a namespace on its way; and
   * while Berth observes, as it makes no namespace then.
   */
  Optional<Canary> run(SandboxClass sandbox) {
    if (api.observes()) {
      return Optional.empty();
    }
    Instant deadline = clock.instant().plus(PATIENCE);
    CanaryNamespace canary = new CanaryNamespace(sandbox);
    if (!ensureReady(canary, deadline)) {
      return Optional.empty();
    }
    PodAttempt other = DryRunPod.ofProbeClass().tryIn(canary.name(), api, deadline);
    PodAttempt plain = DryRunPod.withoutClass().tryIn(canary.name(), api, deadline);
    return judge(sandbox, other, plain);
  }

  /**
   * @param other a pod of another class
   * @param plain a pod without a class
   */
  static Optional<Canary> judge(SandboxClass sandbox, PodAttempt other, PodAttempt plain) {
    if (other.isOutside(sandbox.name()) || plain.isOutside(sandbox.name())) {
      return Optional.of(Canary.OPEN);
    }
    if (other.isDenied() && plain.isDenied()) {
      return Optional.of(Canary.DENIES);
    }
    if (other.isDenied() && plain.isAdmitted() && plain.hasOverheadOf(sandbox)) {
      return Optional.of(Canary.DEFAULTS);
    }
    LOG.debugf(
        "canary of class=%s: no result (%s; %s)",
        sandbox.name(),
        Answers.brief(other.answer().message()),
        Answers.brief(plain.answer().message()));
    return Optional.empty();
  }

  /** True where pods can be tried in it now. */
  private boolean ensureReady(CanaryNamespace canary, Instant deadline) {
    Key key = Key.ofNamespace(canary.name());
    Answer got = api.get(ApiPath.object(key), deadline);
    if (got.isAbsent()) {
      return create(canary, key, deadline);
    }
    return got.isOk() && !got.object().isTerminating() && !repair(got.object(), canary, deadline);
  }

  private boolean create(CanaryNamespace canary, Key key, Instant deadline) {
    Answer made = api.post(ApiPath.collection(key), canary.manifest(), deadline);
    if (made.isOk()) {
      LOG.infof(
          "namespace=%s created, to try pods of class=%s", canary.name(), canary.sandbox().name());
      // As in every new namespace pods would wait for the controller to make it.
      Key account = new Key(canary.name(), Kind.ServiceAccount, "default");
      api.apply(ApiPath.object(account), account(account), deadline);
    }
    return made.isOk() || made.isAlreadyExists();
  }

  /** True where something had to be: it is in force a moment later, so nothing is tried yet. */
  private boolean repair(Live live, CanaryNamespace canary, Instant deadline) {
    ObjectNode patch = Difference.between(live, canary.manifest());
    if (patch.isEmpty()) {
      return false;
    }
    LOG.warnf("namespace=%s repaired: %s", canary.name(), Difference.places(patch));
    api.patch(ApiPath.object(Key.ofNamespace(canary.name())), live.fence(patch), deadline);
    return true;
  }

  private static ObjectNode account(Key key) {
    ObjectNode account = JsonNodeFactory.instance.objectNode();
    account.put("apiVersion", ApiPath.apiVersion(key.kind())).put("kind", key.kind().name());
    account.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
    account.put("automountServiceAccountToken", false);
    return account;
  }
}
