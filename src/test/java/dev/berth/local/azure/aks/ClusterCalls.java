package dev.berth.local.azure.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.aks.Operation.Subject;
import dev.berth.local.azure.wire.Answer;
import dev.berth.local.azure.wire.Refusal;
import dev.berth.local.azure.wire.Route.Asked;

/** The calls of a managed cluster. A PUT only reconciles: what it would change is not kept. */
final class ClusterCalls {
  private final Subscription subscription;

  ClusterCalls(Subscription subscription) {
    this.subscription = subscription;
  }

  Answer get(Asked asked) {
    return Answer.of(200, subscription.cluster(asked).json());
  }

  Answer put(Asked asked) {
    Cluster cluster = subscription.cluster(asked);
    ObjectNode body = asked.request().json();
    for (JsonNode profile : body.at("/properties/agentPoolProfiles")) {
      if (cluster.pool(profile.path("name").asText()).isEmpty()) {
        throw Refusal.ofAks(
            400,
            "BadRequest",
            "A new agent pool was introduced. Adding agent pools to an existing cluster is not allowed through managed cluster operations. Use the agentPools API instead.");
      }
    }
    cluster.checkIdle("");
    Operation operation =
        new Operation(
            new Subject("", "Updating"),
            asked.course(),
            subscription.clock().instant(),
            (how, fault) -> {});
    cluster.begins(operation);
    subscription.operations().start(operation);
    return Answer.of(200, cluster.json())
        .with(
            "azure-asyncoperation",
            subscription.operations().url(asked, subscription.location(), "operations", operation));
  }
}
