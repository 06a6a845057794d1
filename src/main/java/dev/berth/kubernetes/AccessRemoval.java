package dev.berth.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource.Key;
import dev.berth.provisioning.Assignment;
import dev.berth.tenant.Reason;
import dev.berth.tenant.Tenant;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;

/** Takes subjects out of a binding, and never puts one in. */
@Singleton
class AccessRemoval {

  private static final int ATTEMPTS = 3;

  private final ApiServer api;

  AccessRemoval(ApiServer api) {
    this.api = api;
  }

  Outcome revoke(Operation.Revoke revoke, Assignment assignment) {
    Outcome outcome = attempt(revoke, assignment);
    for (int again = 1; again < ATTEMPTS && isConflict(outcome); again++) {
      outcome = attempt(revoke, assignment);
    }
    return outcome;
  }

  private Outcome attempt(Operation.Revoke revoke, Assignment assignment) {
    Key key = revoke.left().key();
    Answer got = api.get(ApiPath.object(key), assignment.deadline());
    if (got.isAbsent()) {
      return new Outcome.Done(null);
    }
    if (!got.isOk()) {
      return Answers.outcome(got, "reading " + key);
    }
    Live live = got.object();
    ObjectNode wanted = Manifests.manifest(revoke.left(), assignment);
    ArrayNode left = left(live.json(), wanted);
    if (left.size() == live.json().path("subjects").size()
        || !isOurs(live, revoke, assignment.tenant())) {
      return new Outcome.Done(live.uid());
    }
    Answer written =
        api.patch(ApiPath.object(key), patch(left, live, wanted), assignment.deadline());
    return written.isOk() || written.isAbsent()
        ? new Outcome.Done(live.uid())
        : Answers.outcome(written, "taking subjects out of " + key);
  }

  private static boolean isConflict(Outcome outcome) {
    return outcome instanceof Outcome.Retryable retryable
        && retryable.reason() == Reason.ApiConflict;
  }

  /** Another's binding gives nothing of the tenant's; a newer generation's stands. */
  private static boolean isOurs(Live live, Operation.Revoke revoke, Tenant tenant) {
    return live.generation() <= tenant.desired().generation()
        && (live.uid().equals(revoke.uid())
            || Ownership.isOf(live, revoke.left().namespace(), tenant));
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
