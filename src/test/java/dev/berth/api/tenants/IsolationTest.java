package dev.berth.api.tenants;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.OpenApi;
import dev.berth.api.stage.Samples;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationLine.LineResult;
import dev.berth.plan.isolation.IsolationReport;
import dev.berth.store.tenants.Tenants;
import dev.berth.store.tenants.Verifications;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The isolation report of a tenant, line by line. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class IsolationTest {

  private static final Instant TIME = Instant.parse("2026-11-24T18:00:00.123456Z");

  private final Tenants tenants;
  private final Verifications verifications;
  private final TenantId id = new TenantId("i" + UUID.randomUUID().toString().substring(0, 8));

  IsolationTest(Tenants tenants, Verifications verifications) {
    this.tenants = tenants;
    this.verifications = verifications;
  }

  @Test
  void aReportIsShownWithEveryLine() {
    store(Samples.ready(id.value(), new PlanVersion("team", 1)));
    save(1, line("tenant-" + id, LineResult.PASSED), line("", LineResult.FAILED));

    Response answer = get(id.value());

    OpenApi.served().assertValid("IsolationReport", answer);
    JsonPath report = answer.jsonPath();
    assertThat(report.getString("tenantId")).isEqualTo(id.value());
    assertThat(report.getInt("incarnation")).isEqualTo(1);
    assertThat(report.getLong("generation")).isEqualTo(3);
    assertThat(report.getString("verifiedAt")).isEqualTo(TIME.toString());
    assertThat(report.getBoolean("passed")).isFalse();
    assertThat(report.getList("lines")).hasSize(2);
    assertThat(report.getMap("lines[1]"))
        .isEqualTo(
            Map.of(
                "check", "list secrets",
                "subject", "Group 5b1c",
                "namespace", "",
                "expected", "no",
                "answer", "no",
                "guard", "RBAC",
                "result", "failed"));
  }

  @Test
  void aTenantThatWasNotVerifiedYetSaysWhenItWillBe() {
    store(Samples.ready(id.value(), new PlanVersion("team", 1)));
    assertThat(assertProblem(get(id.value()), 404, "NotFound").getString("detail"))
        .contains(id.value(), "once the tenant is READY");

    QuarkusTransaction.requiringNew().run(() -> verifications.schedule(id, Duration.ofSeconds(20)));

    Instant due = verifications.dueAt(id).orElseThrow();
    assertThat(assertProblem(get(id.value()), 404, "NotFound").getString("detail"))
        .contains("due at " + due);
  }

  @Test
  void theReportOfAPastLifeIsNotShown() {
    store(Samples.ready(id.value(), new PlanVersion("team", 1)));
    save(0, line("", LineResult.PASSED));

    assertProblem(get(id.value()), 404, "NotFound");
  }

  @Test
  void anUnknownTenantHasNoReport() {
    store(Samples.silent(id.value()));

    assertThat(assertProblem(get(id.value()), 404, "NotFound").getString("detail"))
        .contains("there is no tenant with this id");
    assertProblem(get("nobody"), 404, "NotFound");
    assertProblem(get("A--b"), 404, "NotFound");
  }

  @Test
  void aReportTakesNoParameters() {
    assertProblem(get("nobody", "?limit=1"), 400, "InvalidParameter");
  }

  private static Response get(String tenant) {
    return get(tenant, "");
  }

  private static Response get(String tenant, String query) {
    return Caller.viewer().get("/api/v1/tenants/" + tenant + "/isolation" + query);
  }

  private void store(Tenant tenant) {
    QuarkusTransaction.requiringNew().run(() -> tenants.remember(tenant));
  }

  private void save(int incarnation, IsolationLine... lines) {
    IsolationReport report = new IsolationReport(id, incarnation, 3, TIME, List.of(lines));
    QuarkusTransaction.requiringNew().run(() -> verifications.save(report));
  }

  private static IsolationLine line(String namespace, LineResult result) {
    return new IsolationLine("list secrets", "Group 5b1c", namespace, "no", "no", "RBAC", result);
  }
}
