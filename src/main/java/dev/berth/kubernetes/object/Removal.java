package dev.berth.kubernetes.object;

import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource.Key;
import dev.berth.plan.Resource.Kind;
import dev.berth.provisioning.Assignment;
import dev.berth.tenant.condition.Reason;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Removes what is the tenant's: pods first, then objects by their uid. */
@Singleton
public class Removal {

  private static final String SOME_PODS = "?limit=20";
  private static final Duration USUAL_DELETION = Duration.ofSeconds(30);

  private final ApiServer api;
  private final Namespaces namespaces;
  private final Clock clock;

  public Removal(ApiServer api, Namespaces namespaces, Clock clock) {
    this.api = api;
    this.namespaces = namespaces;
    this.clock = clock;
  }

  public Outcome evict(Operation.EvictPods evict, Assignment assignment) {
    String namespace = evict.namespace();
    Optional<Outcome> nothingToDo = namespaces.unlessOurs(namespace, assignment);
    if (nothingToDo.isPresent()) {
      return nothingToDo.get();
    }
    Answer pods = pods(namespace, assignment);
    if (pods.isOk() && Remaining.isStanding(pods.body())) {
      Answer evicted = api.deleteAll(ApiPath.pods(namespace), assignment.deadline());
      if (!evicted.isOk()) {
        return Answers.outcome(evicted, "deleting the pods of " + namespace);
      }
      pods = pods(namespace, assignment);
    }
    if (pods.isOk() && Grace.longest(pods.body()).compareTo(Grace.BY_DEFAULT) > 0) {
      pods = hurry(pods, namespace, assignment);
    }
    return pods.isOk()
        ? remaining(namespace, pods)
        : Answers.outcome(pods, "listing the pods of " + namespace);
  }

  /** A pod may be older than the bound of its plan: it is not waited for longer than that. */
  private Answer hurry(Answer pods, String namespace, Assignment assignment) {
    Answer got = api.get(ApiPath.object(Key.ofNamespace(namespace)), assignment.deadline());
    Duration most = Grace.most(got.body());
    if (!got.isOk() || Grace.longest(pods.body()).compareTo(most) <= 0) {
      return pods;
    }
    Answer hurried = api.deleteAll(ApiPath.pods(namespace), most, assignment.deadline());
    return hurried.isOk() ? pods(namespace, assignment) : hurried;
  }

  private Outcome remaining(String namespace, Answer pods) {
    if (Remaining.count(pods.body()) == 0) {
      return new Outcome.Done(null);
    }
    Instant now = clock.instant();
    return Grace.judge(pods.body(), Remaining.pods(namespace, pods.body(), now), now);
  }

  public Outcome delete(Operation.Delete delete, Assignment assignment) {
    Key key = delete.key();
    Answer got = api.get(ApiPath.object(key), assignment.deadline());
    if (got.isAbsent()) {
      return new Outcome.Done(null);
    }
    if (!got.isOk()) {
      return Answers.outcome(got, "reading " + key);
    }
    Live live = got.object();
    if (!Namespaces.isOurs(live, delete.uid(), key.namespace(), assignment.owner())) {
      return new Outcome.Done(null);
    }
    if (live.isTerminating()) {
      return terminating(live, key, assignment);
    }
    Answer deleted = api.delete(ApiPath.object(key), live.uid(), assignment.deadline());
    if (deleted.isAbsent() || isGone(deleted)) {
      return new Outcome.Done(null);
    }
    return deleted.isOk()
        ? new Outcome.InProgress(
            Reason.Deprovisioning, key + " is being deleted", Headway.SHORTEST_RECHECK)
        : Answers.outcome(deleted, "deleting " + key);
  }

  /** The answer is a Status where nothing is left, else the object that waits for its end. */
  private static boolean isGone(Answer deleted) {
    return deleted.isOk() && deleted.body().path("kind").asText().equals("Status");
  }

  private Outcome terminating(Live live, Key key, Assignment assignment) {
    Instant now = clock.instant();
    Headway headway = Headway.ofDeletion(live);
    List<String> holders = List.of();
    if (key.kind() == Kind.Namespace && headway.idle(now).compareTo(USUAL_DELETION) > 0) {
      holders = Remaining.obstacles(live.json(), pods(key.namespace(), assignment).body(), now);
    }
    String message = key + Remaining.terminating(live);
    Outcome.InProgress meanwhile =
        new Outcome.InProgress(
            Reason.NamespaceTerminating, message + Headway.waitsFor(holders), headway.recheck(now));
    return headway.judge(message, holders, meanwhile, now);
  }

  private Answer pods(String namespace, Assignment assignment) {
    return api.get(ApiPath.pods(namespace) + SOME_PODS, assignment.deadline());
  }
}
