package dev.berth.kubernetes.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.plan.isolation.IsolationCheck.Right;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationLine.LineResult;
import dev.berth.plan.isolation.Permission;
import dev.berth.tenant.Subject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Asks the API server what a tenant's people may do. */
@Singleton
class AccessReviews {

  private static final Logger LOG = Logger.getLogger(AccessReviews.class);
  private static final String PATH = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

  private final ApiServer api;

  AccessReviews(ApiServer api) {
    this.api = api;
  }

  /** One line for all verbs; what answers is named by the API server where it allows something. */
  Optional<IsolationLine> review(Right right, Instant deadline) {
    List<String> wrong = new ArrayList<>();
    Set<String> guards = new LinkedHashSet<>();
    for (String verb : right.permission().verbs()) {
      Answer answer = api.post(PATH, review(right, verb), deadline);
      if (!answer.isOk()) {
        LOG.warnf(
            "namespace=%s an access review was not answered: %d %s",
            right.namespace(), answer.code(), Answers.brief(answer.message()));
        return Optional.empty();
      }
      boolean allowed = mayBeAllowed(answer.body().path("status"));
      if (allowed != right.allowed()) {
        wrong.add(verb);
        guards.add(guard(answer));
      }
    }
    if (wrong.isEmpty()) {
      return Optional.of(IsolationLine.of(right, right.expected(), "RBAC", LineResult.PASSED));
    }
    String opposite = right.allowed() ? "no" : "yes";
    return Optional.of(
        IsolationLine.of(
            right,
            opposite + ": " + String.join(", ", wrong),
            String.join("; ", guards),
            LineResult.FAILED));
  }

  /** Also where it depends on what exactly is written: then there is something that passes. */
  static boolean mayBeAllowed(JsonNode status) {
    if (status.path("allowed").asBoolean()) {
      return true;
    }
    boolean denied = status.path("denied").asBoolean();
    for (JsonNode decision : status.path("conditionsChain")) {
      denied |= decision.path("denied").asBoolean();
      boolean allows =
          decision.path("allowed").asBoolean()
              || decision.path("conditions").findValuesAsText("effect").contains("Allow");
      if (allows && !denied) {
        return true;
      }
    }
    return false;
  }

  private static String guard(Answer answer) {
    String reason = answer.body().at("/status/reason").asText();
    return reason.isEmpty() ? "RBAC" : Answers.brief(reason);
  }

  private static ObjectNode review(Right right, String verb) {
    Permission permission = right.permission();
    String[] resource = permission.resource().split("/", 2);
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    ObjectNode spec = review.putObject("spec");
    // Without it a right that hangs on conditions is answered with no.
    spec.putObject("conditionalAuthorization").put("mode", "Optimized");
    identify(right.who(), spec);
    spec.putObject("resourceAttributes")
        .put("namespace", right.namespace())
        .put("verb", verb)
        .put("group", permission.group())
        .put("resource", resource[0])
        .put("subresource", resource.length > 1 ? resource[1] : "")
        .put("name", permission.name());
    return review;
  }

  /** With the groups that the API server gives to every subject of that kind. */
  private static void identify(Subject who, ObjectNode spec) {
    ArrayNode groups = spec.putArray("groups").add("system:authenticated");
    switch (who.kind()) {
      case User -> spec.put("user", who.name());
      case Group -> groups.add(who.name());
      case ServiceAccount -> {
        spec.put("user", "system:serviceaccount:" + who.namespace() + ":" + who.name());
        groups.add("system:serviceaccounts").add("system:serviceaccounts:" + who.namespace());
      }
    }
  }
}
