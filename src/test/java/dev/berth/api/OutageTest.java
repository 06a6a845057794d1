package dev.berth.api;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.Management;
import dev.berth.api.stage.Stand;
import dev.berth.local.Parts;
import dev.berth.operations.BacklogGauges;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database goes away and comes back. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class OutageTest {

  private final String url;
  private final BacklogGauges gauges;

  OutageTest(
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url, BacklogGauges gauges) {
    this.url = url;
    this.gauges = gauges;
  }

  @Test
  void anOutageIsToldAndEndsByItself() throws SQLException {
    Stand.FACTS.set(Stand.KNOWN);
    await()
        .untilAsserted(() -> {
          Response ready = Management.get("/q/health/ready");
          assertThat(ready.statusCode()).as(ready.asString()).isEqualTo(200);
        });
    assertThat(Management.get("/q/health/group/api").statusCode()).isEqualTo(200);
    try {
      // When
      allowConnections(false);

      // Then
      Response answer = Caller.viewer().get("/api/v1/tenants");
      assertProblem(answer, 503, "DatabaseUnavailable");
      assertThat(answer.header("Retry-After")).isEqualTo("5");
      assertBerthTellsOfItselfAllTheSame();
      Response ready = Management.get("/q/health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      List<Map<String, Object>> down =
          ready.jsonPath().getList("checks.findAll { it.status == 'DOWN' }.data");
      assertThat(down)
          .isNotEmpty()
          .allSatisfy(data -> {
            assertThat(data).containsKey("waitsFor");
            assertThat(Instant.parse((String) data.get("since"))).isBeforeOrEqualTo(Instant.now());
          });
      assertThat(Management.get("/q/health/group/api").statusCode()).isEqualTo(200);
      assertThat(Management.get("/q/health/live").statusCode()).isEqualTo(200);
      gauges.refresh();
      assertThat(Management.get("/q/metrics").asString()).contains("berth_due_tenants NaN");
    } finally {
      allowConnections(true);
    }
    await()
        .untilAsserted(() -> {
          assertThat(Management.get("/q/health/ready").statusCode()).isEqualTo(200);
          assertThat(Caller.viewer().get("/api/v1/tenants").statusCode()).isEqualTo(200);
        });
  }

  private static void assertBerthTellsOfItselfAllTheSame() {
    await()
        .untilAsserted(() -> {
          Response berth = Caller.viewer().get("/api/v1/berth");
          assertThat(berth.statusCode()).isEqualTo(200);
          assertThat(berth.jsonPath().getBoolean("ready")).isFalse();
          assertThat(berth.jsonPath().getMap("")).containsEntry("backlog", null);
        });
  }

  private void allowConnections(boolean allowed) throws SQLException {
    String database = url.substring(url.lastIndexOf('/') + 1);
    var postgres = Parts.postgres();
    try (Connection connection =
            DriverManager.getConnection(
                url.replace(database, "postgres"), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE %s ALLOW_CONNECTIONS %s".formatted(database, allowed));
      if (!allowed) {
        await().until(() -> nobodyIsConnected(statement, database));
      }
    }
  }

  /** One that began to connect before may have come in after those before were ended. */
  private static boolean nobodyIsConnected(Statement statement, String database)
      throws SQLException {
    try (ResultSet ended =
        statement.executeQuery(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = '%s'"
                .formatted(database))) {
      return !ended.next();
    }
  }
}
