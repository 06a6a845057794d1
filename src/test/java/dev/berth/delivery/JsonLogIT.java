package dev.berth.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.delivery.evidence.Database;
import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log as the image writes it: one object for each record. */
class JsonLogIT {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Set<String> ALWAYS =
      Set.of("timestamp", "level", "loggerName", "threadName", "message");
  private static final String STACK = "stackTrace";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private PackagedBerth berth;

  @BeforeEach
  void partsRun() {
    berth = PackagedBerth.besideNewParts("json-log");
  }

  @AfterEach
  void endThem() {
    berth.close();
  }

  @Test
  void everyLineIsOneObjectWithTheSameKeysAlsoWhereAStackTraceIs() throws Exception {
    Replica replica = replica(Map.of());
    replica.start();
    replica.awaitReady();
    try (ControlPlane controlPlane = new ControlPlane(berth.kafka())) {
      controlPlane.send(TenantEvent.created("acme", "starter", 1));
      controlPlane.flush();
    }
    Database database = new Database(berth.postgres());
    await("the tenant is known").atMost(PATIENCE).until(() -> !database.tenants().isEmpty());
    try (Connection spoiling = berth.postgres().dataSource().getConnection();
        Statement statement = spoiling.createStatement()) {
      await("a failure is told")
          .atMost(PATIENCE)
          .until(() -> {
            // Who works on it just now has read it before, and says when it is next.
            statement.execute("UPDATE tenant SET desired = '[]', next_run_at = now()");
            return replica.log().lines().anyMatch(JsonLogIT::isAFailureOfTheTenant);
          });
    }
    replica.close();

    List<JsonNode> records = records(replica.log());
    assertThat(records)
        .anySatisfy(record -> {
          assertThat(record.path(STACK).asText()).contains("\n\tat dev.berth.");
          assertThat(record.path("message").asText()).startsWith("tenant=acme ");
          assertThat(record.path("level").asText()).isEqualTo("ERROR");
        })
        .anySatisfy(record ->
            assertThat(record.path("message").asText())
                .startsWith("tenant=acme generation=1 step=ACCEPTED "));
  }

  private static boolean isAFailureOfTheTenant(String line) {
    return line.contains(STACK) && line.contains("tenant=acme ");
  }

  /** A file with a bell in its name, which the message has on a line of its own. */
  @Test
  void aMessageOfManyLinesAndWithControlCharactersIsOneLine(@TempDir Path plans)
      throws IOException {
    Files.writeString(plans.resolve("plan\u0007.yaml"), "name: starter\nversion: none\n");
    Replica replica = replica(Map.of("BERTH_CATALOGUE_DIRECTORY", plans.toString()));
    replica.start();
    await("the plan is told, and it has started")
        .atMost(PATIENCE)
        .until(
            () -> replica.log().contains("are not used") && !replica.readiness("plans").isEmpty());
    replica.close();

    assertThat(records(replica.log()))
        .extracting(record -> record.path("message").asText())
        .anyMatch(message -> message.matches("(?s)the plans in .* are not used, .*\n  .*\u0007.*"));
  }

  private Replica replica(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
    return berth.replica(all);
  }

  /** The lines of the JVM itself are none of the log. */
  private static List<JsonNode> records(String log) {
    List<JsonNode> records =
        log.lines()
            .filter(line -> !line.matches("\\[[0-9.,]+s?\\]\\[.*"))
            .map(JsonLogIT::parse)
            .toList();
    assertThat(records)
        .isNotEmpty()
        .allSatisfy(record -> {
          assertThat(record.fieldNames())
              .toIterable()
              .containsAll(ALWAYS)
              .allMatch(key -> ALWAYS.contains(key) || key.equals(STACK));
          assertThat(Instant.parse(record.path("timestamp").asText())).isNotNull();
        });
    return records;
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError("not an object: " + line, e);
    }
  }
}
