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
  private static final Outcome NOTHING_DONE = new Outcome.Done(null);
  private static final ObjectNode SUBJECTS =
      JsonNodeFactory.instance.objectNode().set("subjects", JsonNodeFactory.instance.arrayNode());

  private final ApiServer api;
  private final Namespaces namespaces;
  private final Repairs repairs;

  public AccessRemoval(ApiServer api, Namespaces namespaces, Repairs repairs) {
    this.api = api;
    this.namespaces = namespaces;
    this.repairs = repairs;
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
    List<Outcome> taken = new ArrayList<>();
    for (JsonNode item : got.body().path("items")) {
      Live live = new Live(item);
      Optional<Resource.RoleBinding> most = most(live, revoke, assignment);
      if (most.isPresent()) {
        taken.add(takeOut(live, most.get(), revoke.closes(), assignment));
      } else if (!item.path("subjects").isEmpty()) {
        foreign.add(live.name() + " (" + subjects(item) + ")");
      }
    }
    return taken.stream()
        .filter(outcome -> !(outcome instanceof Outcome.Done))
        .findFirst()
        .orElseGet(() -> report(foreign, taken, revoke, assignment));
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

  /**
   * Done if the binding holds no more than it may. What a newer generation wrote stays, unless
   * nobody may be in: after a restore there is no claim that knows of it.
   */
  private Outcome takeOut(
      Live live, Resource.RoleBinding most, boolean closes, Assignment assignment) {
    ObjectNode wanted = Manifests.manifest(most, assignment);
    ArrayNode left = left(live.json(), wanted);
    if (left.size() == live.json().path("subjects").size()
        || (!closes && Ownership.generation(live) > assignment.owner().generation())) {
      return NOTHING_DONE;
    }
    Answer written =
        api.patch(ApiPath.object(most.key()), patch(left, live, wanted), assignment.deadline());
    if (written.isAbsent()) {
      return NOTHING_DONE;
    }
    if (!written.isOk()) {
      return Answers.outcome(written, "removing subjects from " + most.key());
    }
    return written.body().path("subjects").size() == left.size()
        ? told(live, most, assignment)
        : new Outcome.Retryable(
            Reason.ContentMismatch,
            most.key()
                + " came back with subjects that were removed; find the admission webhook or"
                + " policy that changes it");
  }

  /** Only what others had put in is a repair. */
  private Outcome told(Live live, Resource.RoleBinding most, Assignment assignment) {
    return FieldManagers.of(live)
        .stranger(SUBJECTS)
        .map(author -> repairs.takenOut(most.key(), assignment.owner(), author))
        .orElse(NOTHING_DONE);
  }

  /** Others' bindings count in the tenant's own namespace only, and until it is gone. */
  private Outcome report(
      List<String> foreign, List<Outcome> taken, Operation.Revoke revoke, Assignment assignment) {
    if (foreign.isEmpty()) {
      return taken.stream().filter(o -> !o.equals(NOTHING_DONE)).findFirst().orElse(NOTHING_DONE);
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

  /** With the newest generation, so that no worker of an earlier one gives access back. */
  private static ObjectNode patch(ArrayNode left, Live live, JsonNode wanted) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    long newest = Math.max(Ownership.generation(live), Ownership.generation(new Live(wanted)));
    ObjectNode annotations =
        patch
            .putObject("metadata")
            .putObject("annotations")
            .put(Ownership.GENERATION, Long.toString(newest));
    if (left.isEmpty()) {
      annotations.put(Ownership.CLOSED, "true");
    }
    patch.set("subjects", left);
    return live.fence(patch);
  }
}
