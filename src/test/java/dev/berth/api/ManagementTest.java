package dev.berth.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.Management;
import dev.berth.api.stage.Samples;
import dev.berth.api.stage.Stand;
import dev.berth.operations.BacklogGauges;
import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import dev.berth.plan.capacity.Usage;
import dev.berth.store.tenants.Placements;
import dev.berth.store.tenants.Placements.Applicant;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class ManagementTest {

  private final BacklogGauges gauges;
  private final Tenants tenants;
  private final Placements placements;

  ManagementTest(BacklogGauges gauges, Tenants tenants, Placements placements) {
    this.gauges = gauges;
    this.tenants = tenants;
    this.placements = placements;
  }

  @Test
  void livenessAsksNobodyElse() {
    var health = Management.get("/q/health/live");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.jsonPath().getList("checks.name", String.class))
        .allMatch(name -> name.startsWith("SmallRye Reactive Messaging"));
  }

  @Test
  void readinessTellsOfTheDatabase() {
    assertThat(readiness("schema")).isEqualTo("UP");
    assertThat(readiness("Database connections health check")).isEqualTo("UP");
    assertThat(Management.get("/q/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void theBacklogIsMeasuredWithoutNamingTenants() {
    String id = "gauge-" + UUID.randomUUID().toString().substring(0, 8);
    gauges.refresh();
    double before = metric("berth_tenants{phase=\"BLOCKED\"}");
    double due = metric("berth_due_tenants");
    QuarkusTransaction.requiringNew()
        .run(() -> tenants.save(Samples.blocked(id, new PlanVersion("gauge", 1))));

    measured(() -> {
      assertThat(metric("berth_tenants{phase=\"BLOCKED\"}")).isEqualTo(before + 1);
      assertThat(metric("berth_due_tenants")).isEqualTo(due + 1);
    });

    assertThat(metric("berth_due_oldest_seconds")).isPositive();
    assertThat(metric("berth_outbox_pending")).isNotNegative();
    assertThat(metric("berth_outbox_oldest_seconds")).isNotNegative();
    assertThat(Management.get("/q/metrics").asString()).doesNotContain(id);
  }

  @Test
  void whatRunsIsMeasuredBesideWhatIsPromised() {
    String id = "room-" + UUID.randomUUID().toString().substring(0, 8);
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.save(dev.berth.store.Samples.tenant(id));
          placements.place(
              new Applicant(new TenantId(id), new Pool("{kata=" + id + "}"), 1),
              new Room(8000, 8, 8));
        });
    String pool = "{pool=\"{kata=%s}\",state=\"%s\"}";

    measured(() -> {
      assertThat(metric("berth_node_pool_sandboxes" + pool.formatted(id, "promised"))).isEqualTo(8);
      assertThat(Management.get("/q/metrics").asString())
          .doesNotContain(pool.formatted(id, "used"));
    });

    Stand.USAGE.set(new Usage(new Room(4000, 4, 4), new Room(1000, 1, 1)));
    try {
      measured(() -> {
        assertThat(metric("berth_node_pool_sandboxes" + pool.formatted(id, "used")))
            .as("of two namespaces")
            .isEqualTo(2);
        assertThat(metric("berth_node_pool_memory_bytes" + pool.formatted(id, "used")))
            .isEqualTo(2000);
      });
    } finally {
      Stand.USAGE.set(null);
    }
  }

  @Test
  void theOpenApiDocumentNamesWhatIsServed() {
    var document = Management.get("/q/openapi?format=json").jsonPath();
    assertThat(document.getString("openapi")).startsWith("3.1");
    assertThat(document.getMap("paths").keySet())
        .isEqualTo(
            Set.of(
                "/api/v1/berth",
                "/api/v1/capacity",
                "/api/v1/capacity/line",
                "/api/v1/plans",
                "/api/v1/plans/{name}",
                "/api/v1/tenants",
                "/api/v1/tenants/{id}/timeline",
                "/api/v1/tenants/{id}/preview",
                "/api/v1/tenants/{id}/events",
                "/api/v1/events",
                "/api/v1/fleet",
                "/api/v1/tenants/{id}",
                "/api/v1/tenants/{id}/explain",
                "/api/v1/tenants/{id}/isolation",
                "/api/v1/tenants/{id}/actions",
                "/api/v1/actions/{id}",
                "/api/v1/node-pools",
                "/api/v1/node-pools/{name}",
                "/api/v1/quarantine",
                "/api/v1/quarantine/{id}",
                "/api/v1/quarantine/{id}/payload",
                "/api/v1/quarantine/{id}/replays",
                "/api/v1/quarantine/{id}/discards",
                "/api/v1/quarantine/replays",
                "/api/v1/quarantine/discards"));
    assertThat(document.getList("paths.'/api/v1/tenants'.get.parameters.name", String.class))
        .isEqualTo(List.of("phase", "reason", "plan", "label", "stuckFor", "q", "limit", "cursor"));
  }

  @Test
  void infoAndMetricsAreServed() {
    assertThat(Management.get("/q/info").statusCode()).isEqualTo(200);
    assertThat(Management.get("/q/metrics").asString()).contains("jvm_memory_used_bytes");
  }

  /** Berth measures by itself too, and may show a look that began before the test's own. */
  private void measured(ThrowingRunnable figures) {
    await()
        .untilAsserted(() -> {
          gauges.refresh();
          figures.run();
        });
  }

  /** Who calls without a right, or what is not there, does not decide how much is measured. */
  @Test
  void noRefusedCallIsMeasuredByAPathThatWasMadeUp() {
    String id = "made-up-" + UUID.randomUUID().toString().substring(0, 8);
    for (String path : List.of("/api/v1/tenants/" + id, "/api/v1/" + id, "/tenants/" + id)) {
      given().get(path);
      given().header("Authorization", "Bearer none").get(path);
      Caller.viewer().get(path);
      Caller.viewer().post(path);
      Caller.viewer().options(path);
      Caller.viewer().accept("image/png").get(path);
      Caller.viewer().contentType("text/plain").body("x").post(path + "/actions");
      Caller.viewer().body(new byte[1024 * 1024]).post(path + "/actions");
      Caller.viewer().get(path + "/isolation?limit=x");
    }

    String metrics = Management.get("/q/metrics").asString();
    assertThat(metrics.lines().filter(line -> line.contains(id))).isEmpty();
    assertThat(metrics).contains("status=\"401\",uri=\"/api/*\"");
  }

  private static String readiness(String check) {
    return Management.get("/q/health/ready")
        .jsonPath()
        .getString("checks.find { it.name == '%s' }.status".formatted(check));
  }

  private static double metric(String series) {
    return Management.get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }
}
