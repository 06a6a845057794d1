package dev.berth.operations;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.health.api.HealthContentFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Provider;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has every check that is down say what it waits for and since when, also those of the platform.
 * All are asked every few seconds, so the time is right whoever asks, and however seldom.
 */
@ApplicationScoped
class DownSince implements HealthContentFilter {

  /** What each check waits for that does not say it itself. */
  static final Map<String, String> WAITS_FOR =
      Map.of(
          "schema", "PostgreSQL, and its schema to be migrated",
          "Database connections health check", "PostgreSQL to answer",
          "SmallRye Reactive Messaging - readiness check", "Kafka to serve the channel",
          "SmallRye Reactive Messaging - liveness check", "Kafka to serve the channel",
          "SmallRye Reactive Messaging - startup check", "Kafka to serve the channel",
          "topics", "Kafka, and topics that are as they must be",
          "relay", "Kafka and PostgreSQL, to publish",
          "plans", "plans that can be used");

  private final Provider<SmallRyeHealthReporter> reporter;
  private final Clock clock;
  private final Map<String, Instant> down = new ConcurrentHashMap<>();

  DownSince(Provider<SmallRyeHealthReporter> reporter, Clock clock) {
    this.reporter = reporter;
    this.clock = clock;
  }

  @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  void look() {
    reporter.get().getReadiness();
  }

  @Override
  public JsonObject filter(JsonObject health) {
    JsonArrayBuilder checks = Json.createArrayBuilder();
    health.getJsonArray("checks").forEach(check -> checks.add(told(check.asJsonObject())));
    return Json.createObjectBuilder(health).add("checks", checks).build();
  }

  private JsonObject told(JsonObject check) {
    String name = check.getString("name");
    if (check.getString("status").equals("UP")) {
      down.remove(name);
      return check;
    }
    Instant since =
        down.computeIfAbsent(name, first -> clock.instant().truncatedTo(ChronoUnit.MILLIS));
    JsonObjectBuilder data = Json.createObjectBuilder();
    if (WAITS_FOR.containsKey(name)) {
      data.add("waitsFor", WAITS_FOR.get(name));
    }
    data.add("since", since.toString());
    if (check.get("data") instanceof JsonObject more) {
      data.addAll(Json.createObjectBuilder(more)); // its own words win
    }
    return Json.createObjectBuilder(check).add("data", data).build();
  }
}
