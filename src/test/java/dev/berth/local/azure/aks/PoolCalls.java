package dev.berth.local.azure.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.aks.Operation.Subject;
import dev.berth.local.azure.rule.PoolDefaults;
import dev.berth.local.azure.rule.PoolFields;
import dev.berth.local.azure.rule.PoolRules;
import dev.berth.local.azure.wire.Answer;
import dev.berth.local.azure.wire.Refusal;
import dev.berth.local.azure.wire.Route.Asked;
import java.util.List;
import java.util.Optional;

/** The four calls of an agent pool. */
final class PoolCalls {
  private final Subscription subscription;
  private final PoolRules rules;
  private PoolListener listener = PoolListener.none();
  private int pageSize = 100;

  PoolCalls(Subscription subscription) {
    this.subscription = subscription;
    this.rules = new PoolRules(subscription.sizes());
  }

  void tell(PoolListener whom) {
    listener = whom;
  }

  void showPagesOf(int pools) {
    pageSize = pools;
  }

  Answer get(Asked asked) {
    Cluster cluster = subscription.cluster(asked);
    return cluster
        .pool(asked.part("pool"))
        .map(pool -> Answer.of(200, pool.json()))
        .orElseThrow(() -> notFound(asked));
  }

  /** In pages, although AKS has never been seen to need a second one. */
  Answer list(Asked asked) {
    List<Pool> pools = List.copyOf(subscription.cluster(asked).pools().values());
    int from = asked.request().parameter("$skiptoken").map(Integer::parseInt).orElse(0);
    int to = Math.min(pools.size(), from + pageSize);
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    page.putArray("value").addAll(pools.subList(from, to).stream().map(Pool::json).toList());
    if (to < pools.size()) {
      page.put(
          "nextLink",
          "%s%s?api-version=2025-09-01&%%24skiptoken=%d"
              .formatted(asked.request().baseUrl(), asked.request().path(), to));
    }
    return Answer.of(200, page);
  }

  Answer put(Asked asked) {
    Cluster cluster = subscription.cluster(asked);
    String name = asked.part("pool");
    PoolRules.checkName(name);
    ObjectNode wanted = PoolFields.read(asked.request().json());
    Optional<Pool> known = cluster.pool(name);
    checkPreconditions(asked, known);
    cluster.checkIdle(name);
    JsonNode before = known.<JsonNode>map(Pool::properties).orElse(MissingNode.getInstance());
    ObjectNode after = PoolDefaults.completed(before, wanted);
    rules.check(before, wanted, after);
    subscription.quota().check(subscription.pools(), before, after);
    String state = known.map(pool -> PoolChange.state(pool, after)).orElse("Creating");
    Pool pool = known.orElseGet(() -> new Pool(cluster.id(), name, after));
    cluster.pools().put(name, pool.becomes(after, state));
    Operation operation = start(asked, cluster, pool);
    return Answer.of(known.isEmpty() ? 201 : 200, pool.json())
        .with("azure-asyncoperation", url(asked, "operations", operation))
        .with("x-ms-ratelimit-remaining-subscription-writes", "800")
        .with("x-ms-ratelimit-remaining-subscription-global-writes", "12000");
  }

  /** A deletion overtakes what runs on the same pool; other pools it waits for. */
  Answer delete(Asked asked) {
    Cluster cluster = subscription.cluster(asked);
    Optional<Pool> known = cluster.pool(asked.part("pool"));
    if (known.isEmpty()) {
      return Answer.of(204);
    }
    Pool pool = known.get();
    checkPreconditions(asked, known);
    refuseTheLastSystemPool(cluster, pool);
    cluster.checkIdleForDeletionOf(pool.name());
    cluster
        .running()
        .forEach(running -> running.overtakenBy("Deleting", subscription.clock().instant()));
    pool.becomes(pool.properties(), "Deleting");
    Operation operation = start(asked, cluster, pool);
    return Answer.of(202)
        .with("azure-asyncoperation", url(asked, "operations", operation))
        .with("location", url(asked, "operationresults", operation))
        .with("x-ms-ratelimit-remaining-subscription-deletes", "799");
  }

  private Operation start(Asked asked, Cluster cluster, Pool pool) {
    PoolChange change = new PoolChange(cluster, pool, subscription.sizes(), listener);
    Operation operation =
        new Operation(
            new Subject(pool.name(), pool.text("provisioningState")),
            asked.course(),
            subscription.clock().instant(),
            change);
    cluster.begins(operation);
    return subscription.operations().start(operation);
  }

  private static void checkPreconditions(Asked asked, Optional<Pool> before) {
    Optional<String> match = asked.request().header("if-match");
    if (match.isPresent() && before.isEmpty()) {
      throw Refusal.ofAks(
          412, "PreconditionFailed", "Resource not found but ETag header is provided");
    }
    if (match.isPresent() && !match.get().equals(before.map(Pool::eTag).orElse(""))) {
      throw Refusal.etagMismatch();
    }
    Optional<String> noneMatch = asked.request().header("if-none-match");
    if (noneMatch.isPresent() && !noneMatch.get().equals("*")) {
      throw Refusal.ofAks(400, "InvalidParameter", "If-None-Match takes nothing but *");
    }
    if (noneMatch.isPresent() && before.isPresent()) {
      throw Refusal.ofAks(
          412, "PreconditionFailed", "The agent pool exists although If-None-Match is provided");
    }
  }

  private static void refuseTheLastSystemPool(Cluster cluster, Pool pool) {
    boolean another =
        cluster.pools().values().stream()
            .anyMatch(other -> other != pool && other.text("mode").equals("System"));
    if (pool.text("mode").equals("System") && !another) {
      throw Refusal.ofAks(400, "BadRequest", "There has to be at least one system agent pool.");
    }
  }

  private String url(Asked asked, String kind, Operation operation) {
    return subscription.operations().url(asked, subscription.location(), kind, operation);
  }

  private static Refusal notFound(Asked asked) {
    return Subscription.notFound(
        "managedClusters/%s/agentPools/%s".formatted(asked.part("cluster"), asked.part("pool")),
        asked);
  }
}
