package dev.berth.kubernetes.proof;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.object.Grace;
import dev.berth.kubernetes.object.Headway;
import dev.berth.kubernetes.object.Namespaces;
import dev.berth.kubernetes.object.Remaining;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Pages;
import dev.berth.plan.Operation;
import dev.berth.plan.Operation.Unfit;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource.Key;
import dev.berth.plan.isolation.IsolationCheck.PodsInside;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationLine.LineResult;
import dev.berth.provisioning.Assignment;
import dev.berth.tenant.condition.Reason;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Ends pods that were admitted under weaker rules than their namespace has by now. */
@Singleton
public class UnfitPods {

  private static final String ALL = "?limit=500";
  private static final int NAMED = 5;
  private static final Duration RECHECK = Duration.ofSeconds(2);

  /** API servers take up to a second to judge pods by changed labels; times have whole seconds. */
  private static final Duration UNTIL_IN_FORCE = Duration.ofSeconds(2);

  private final ApiServer api;
  private final Namespaces namespaces;
  private final Clock clock;

  public UnfitPods(ApiServer api, Namespaces namespaces, Clock clock) {
    this.api = api;
    this.namespaces = namespaces;
    this.clock = clock;
  }

  public Outcome evict(Operation.EvictUnfit evict, Assignment assignment) {
    String namespace = evict.namespace();
    return switch (evict.unfit()) {
      case Unfit.Outside outside ->
          evict(namespace, pod -> isOutside(pod, outside.runtimeClass()), assignment);
      case Unfit.Earlier earlier -> evictEarlier(namespace, assignment);
    };
  }

  private Outcome evictEarlier(String namespace, Assignment assignment) {
    Optional<Outcome> nothingToDo = namespaces.unlessOpen(namespace, assignment);
    if (nothingToDo.isPresent()) {
      return nothingToDo.get();
    }
    Answer got = api.get(ApiPath.object(Key.ofNamespace(namespace)), assignment.deadline());
    if (!got.isOk()) {
      return Answers.outcome(got, "reading Namespace " + namespace);
    }
    Instant written = Headway.sinceWritten(got.object(), clock.instant()).last();
    Instant inForce = written.plus(UNTIL_IN_FORCE);
    return clock.instant().isBefore(inForce)
        ? new Outcome.InProgress(
            Reason.Pending, "the new rules of " + namespace + " are about to take effect", RECHECK)
        : evict(namespace, pod -> isEarlier(pod, inForce), assignment);
  }

  private Outcome evict(String namespace, Predicate<JsonNode> unfit, Assignment assignment) {
    try {
      for (JsonNode pod : pods(namespace, unfit, assignment.deadline())) {
        if (!pod.path("metadata").hasNonNull("deletionTimestamp")) {
          String name = pod.at("/metadata/name").asText();
          Answer deleted =
              api.deleteAll(
                  ApiPath.pods(namespace) + "?fieldSelector=metadata.name%3D" + name,
                  assignment.deadline());
          if (!deleted.isOk()) {
            return Answers.outcome(deleted, "deleting pod " + name + " of " + namespace);
          }
        }
      }
      return left(namespace, pods(namespace, unfit, assignment.deadline()));
    } catch (IllegalStateException unread) {
      return new Outcome.Retryable(Reason.ApiUnavailable, String.valueOf(unread.getMessage()));
    }
  }

  private Outcome left(String namespace, List<JsonNode> pods) {
    Instant now = clock.instant();
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.putArray("items").addAll(pods);
    String message = "of pods that were admitted under weaker rules ";
    return pods.isEmpty()
        ? new Outcome.Done(null)
        : Grace.judge(list, message + Remaining.pods(namespace, list, now), now);
  }

  /** What an isolation report says of the pods that are there. */
  public Optional<IsolationLine> look(PodsInside check, Instant deadline) {
    List<JsonNode> outside =
        pods(check.namespace(), pod -> isOutside(pod, check.runtimeClass()), deadline);
    String names =
        outside.stream()
            .limit(NAMED)
            .map(pod -> pod.at("/metadata/name").asText())
            .collect(joining(", "));
    return Optional.of(
        outside.isEmpty()
            ? IsolationLine.of(check, check.expected(), "none", LineResult.PASSED)
            : IsolationLine.of(
                check, outside.size() + " of others: " + names, "none", LineResult.FAILED));
  }

  private List<JsonNode> pods(String namespace, Predicate<JsonNode> unfit, Instant deadline) {
    List<JsonNode> found = new ArrayList<>();
    Pages.read(
        api,
        ApiPath.pods(namespace) + ALL,
        deadline,
        live -> {
          if (unfit.test(live.json())) {
            found.add(live.json());
          }
        });
    return found;
  }

  private static boolean isOutside(JsonNode pod, String runtimeClass) {
    return !pod.at("/spec/runtimeClassName").asText().equals(runtimeClass);
  }

  private static boolean isEarlier(JsonNode pod, Instant inForce) {
    return Instant.parse(pod.at("/metadata/creationTimestamp").asText()).isBefore(inForce);
  }
}
