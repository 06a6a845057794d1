package dev.berth.kubernetes.object;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import dev.berth.plan.Resource.Key;
import dev.berth.plan.Resource.Kind;
import dev.berth.provisioning.Assignment;
import dev.berth.tenant.condition.Reason;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Takes subjects out of the bindings of a namespace, and never puts one in. */
@Singleton
public class AccessRemoval {

  private static final int ATTEMPTS = 3;
  private static final int NAMED = 5;

  private final ApiServer api;
  private final Namespaces namespaces;

  public AccessRemoval(ApiServer api, Namespaces namespaces) {
    this.api = api;
    this.namespaces = namespaces;
  }

  public Outcome revoke(Operation.Revoke revoke, Assignment assignment) {
    Outcome outcome = attempt(revoke, assignment);
    for (int again = 1; again < ATTEMPTS && isConflict(outcome); again++) {
      outcome = attempt(revoke, assignment);
    }
    return outcome;
  }

  private static boolean isConflict(Outcome outcome) {
    return outcome instanceof Outcome.Retryable retryable
        && retryable.reason() == Reason.ApiConflict;
  }

  /** One binding that cannot be written does not keep the others from being. */
  private Outcome attempt(Operation.Revoke revoke, Assignment assignment) {
    String all = ApiPath.collection(new Key(revoke.namespace(), Kind.RoleBinding, "any"));
    Answer got = api.get(all, assignment.deadline());
    if (!got.isOk()) {
      return Answers.outcome(got, "listing the RoleBindings of " + revoke.namespace());
    }
    List<String> foreign = new ArrayList<>();
    Optional<Outcome> failed = Optional.empty();
    for (JsonNode item : got.body().path("items")) {
      Live live = new Live(item);
      Optional<Resource.RoleBinding> most = most(live, revoke, assignment);
      if (most.isPresent()) {
        Optional<Outcome> failure = takeOut(live, most.get(), assignment);
        failed = failed.or(() -> failure);
      } else if (!item.path("subjects").isEmpty()) {
        foreign.add(live.name() + " (" + subjects(item) + ")");
      }
    }
    return failed.orElseGet(() -> report(foreign, revoke, assignment));
  }

  /** What Berth's own binding may hold; empty for foreign ones. */
  private static Optional<Resource.RoleBinding> most(
      Live live, Operation.Revoke revoke, Assignment assignment) {
    return revoke.most().stream()
        .filter(binding -> binding.name().equals(live.name()))
        .filter(binding ->
            live.uid().equals(revoke.uids().get(binding.name()))
                || Ownership.isOf(live, revoke.namespace(), assignment.owner()))
        .findFirst();
  }

  /** Empty if the binding holds no more than it may. What a newer generation wrote stays. */
  private Optional<Outcome> takeOut(Live live, Resource.RoleBinding most, Assignment assignment) {
    ObjectNode wanted = Manifests.manifest(most, assignment);
    ArrayNode left = left(live.json(), wanted);
    if (left.size() == live.json().path("subjects").size()
        || Ownership.generation(live) > assignment.owner().generation()) {
      return Optional.empty();
    }
    Answer written =
        api.patch(ApiPath.object(most.key()), patch(left, live, wanted), assignment.deadline());
    if (written.isAbsent()) {
      return Optional.empty();
    }
    if (!written.isOk()) {
      return Optional.of(Answers.outcome(written, "removing subjects from " + most.key()));
    }
    return written.body().path("subjects").size() == left.size()
        ? Optional.empty()
        : Optional.of(
            new Outcome.Retryable(
                Reason.ContentMismatch,
                most.key()
                    + " came back with subjects that were removed; find the admission webhook or"
                    + " policy that changes it"));
  }

  /** Others' bindings count in the tenant's own namespace only, and until it is gone. */
  private Outcome report(List<String> foreign, Operation.Revoke revoke, Assignment assignment) {
    if (foreign.isEmpty()) {
      return new Outcome.Done(null);
    }
    Optional<Outcome> notOurs = namespaces.unlessOurs(revoke.namespace(), assignment);
    return notOurs.orElseGet(() ->
        new Outcome.Rejected(
            Reason.ForeignBinding,
            "RoleBindings in %s that Berth did not create give access: %s; they are left untouched: delete them as group berth:break-glass"
                .formatted(revoke.namespace(), named(foreign))));
  }

  private static String named(List<String> foreign) {
    String names = foreign.stream().limit(NAMED).map(Answers::brief).collect(joining(", "));
    return foreign.size() > NAMED ? names + " and more" : names;
  }

  private static String subjects(JsonNode binding) {
    return StreamSupport.stream(binding.path("subjects").spliterator(), false)
        .limit(NAMED)
        .map(s -> s.path("kind").asText() + " " + s.path("name").asText())
        .collect(joining(", "));
  }

  /** Nobody keeps a role that the binding should not give at all. */
  private static ArrayNode left(JsonNode live, JsonNode wanted) {
    ArrayNode left = JsonNodeFactory.instance.arrayNode();
    if (live.path("roleRef").equals(wanted.path("roleRef"))) {
      Set<JsonNode> named = new HashSet<>();
      wanted.path("subjects").forEach(named::add);
      live.path("subjects")
          .forEach(subject -> {
            if (named.contains(subject)) {
              left.add(subject);
            }
          });
    }
    return left;
  }

  /** With the generation, so that no worker of an earlier one gives access back. */
  private static ObjectNode patch(ArrayNode left, Live live, JsonNode wanted) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch
        .putObject("metadata")
        .put("uid", live.uid())
        .put("resourceVersion", live.resourceVersion())
        .putObject("annotations")
        .put(Ownership.GENERATION, new Live(wanted).annotation(Ownership.GENERATION));
    patch.set("subjects", left);
    return patch;
  }
}
