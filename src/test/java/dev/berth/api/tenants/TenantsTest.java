package dev.berth.api.tenants;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static dev.berth.api.stage.ProblemAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.OpenApi;
import dev.berth.api.stage.Samples;
import dev.berth.provisioning.observation.Observation;
import dev.berth.provisioning.observation.Observations;
import dev.berth.store.outbox.Outbox;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code contract.md} 4, point by point. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class TenantsTest {

  private static final String TENANTS = "/api/v1/tenants";

  private final Tenants tenants;
  private final Outbox outbox;
  private final Observations observations;

  // A plan of its own keeps a test apart from the other tests' tenants in the same database.
  private final String plan = "p" + UUID.randomUUID().toString().substring(0, 8);
  private final PlanVersion one = new PlanVersion(plan, 1);

  TenantsTest(Tenants tenants, Outbox outbox, Observations observations) {
    this.observations = observations;
    this.tenants = tenants;
    this.outbox = outbox;
  }

  @Test
  void aTenantIsShownWithWhatWasAskedForAndItsLatestSteps() {
    // Given
    Tenant tenant = Samples.blocked(plan, one);
    store(tenant);
    QuarkusTransaction.requiringNew()
        .run(() -> {
          LongStream.rangeClosed(1, 25)
              .forEach(n -> outbox.add(Samples.step("tenant.lifecycle", tenant, n)));
          outbox.add(Samples.step("tenant.state", tenant, 26));
        });

    // When
    Response answer = get("/" + plan);

    // Then
    OpenApi.served().assertValid("TenantDetail", answer);
    JsonPath detail = answer.jsonPath();
    assertThat(detail.getString("tenantId")).isEqualTo(plan);
    assertThat(detail.getString("phase")).isEqualTo("BLOCKED");
    assertThat(detail.getString("reason")).isEqualTo("QuotaTooSmall");
    assertThat(detail.getString("message")).isEqualTo("held back");
    assertThat(detail.getString("lastError")).isEqualTo("raise it");
    assertThat(answer.asString()).contains("\"desired\":" + Samples.DOCUMENT);
    assertThat(detail.getList("timeline.sequence", Long.class))
        .isEqualTo(Stream.iterate(25L, n -> n - 1).limit(20).toList());
    assertThat(detail.getMap("timeline[0]"))
        .containsEntry("type", "dev.berth.tenant.provisioned.v1")
        .containsEntry("time", "2026-11-24T18:00:00Z")
        .containsEntry("phase", "BLOCKED")
        .containsEntry("reason", "Provisioned")
        .containsEntry("message", "step 25");
  }

  @Test
  void aBerthThatOnlyObservesSaysWhatItWouldDo() {
    Tenant tenant = Samples.blocked(plan, one);
    store(tenant);
    assertThat(get("/" + plan).jsonPath().getMap("")).containsEntry("observed", null);
    observations.tell(
        tenant.id(), new Observation(Instant.EPOCH, List.of("creating Namespace tenant-acme")));

    Response answer = get("/" + plan);

    OpenApi.served().assertValid("TenantDetail", answer);
    assertThat(answer.jsonPath().getMap("observed"))
        .containsEntry("time", "1970-01-01T00:00:00Z")
        .containsEntry("would", List.of("creating Namespace tenant-acme"));
  }

  /** L6, L9. */
  @Test
  void whatHoldsUpARemovalIsTheLastError() {
    Instant asked = Instant.now();
    store(Samples.stuck(plan, one));

    JsonPath detail = get("/" + plan).jsonPath();

    assertThat(detail.getString("phase")).isEqualTo("BLOCKED");
    assertThat(detail.getString("lastError")).isEqualTo("remove what holds it");
    assertThat(Instant.parse(detail.getString("nextRetryAt")))
        .as("what was due before is due now")
        .isAfterOrEqualTo(asked);
  }

  @Test
  void anItemIsTheSameInTheListAndAlone() {
    store(Samples.ready(plan, one));
    var alone = get("/" + plan).jsonPath().getMap("");
    var listed = get("?plan=" + plan).jsonPath().getMap("items[0]");
    assertThat(alone).containsAllEntriesOf(listed).hasSize(listed.size() + 6);
    assertThat(alone).containsEntry("lastError", null).containsEntry("timeline", List.of());
  }

  @Test
  void aRejectedTenantHasNoDesiredSnapshot() {
    store(Samples.rejected(plan));
    Response answer = get("/" + plan);
    OpenApi.served().assertValid("TenantDetail", answer);
    assertThat(answer.jsonPath().getString("phase")).isEqualTo("REJECTED");
    assertThat(answer.asString()).contains("\"desired\":null", "\"plan\":null");
  }

  @Test
  void aTenantWithoutAStepIsUnknown() {
    store(Samples.silent(plan));
    assertProblem(get("/" + plan), 404, "NotFound");
    assertThat(get("?phase=REJECTED&limit=500").asString()).doesNotContain(plan);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "Acme",
        "a--b",
        "-a",
        "kube-system",
        "%F0%9F%98%80",
        "a%00b",
        "a%2Fb",
        "..%2Fx",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "%27%20OR%201=1"
      })
  void anUnknownOrMalformedIdIsNotFound(String id) {
    assertProblem(get("/" + id), 404, "NotFound");
  }

  @Test
  void aSingleTenantTakesNoParameters() {
    assertRefused(get("/nobody?limit=1"), "limit");
  }

  @Test
  void headIsAnsweredWithoutABody() {
    Response answer = Caller.viewer().head(TENANTS);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.asString()).isEmpty();
  }

  private static Response get(String rest) {
    return Caller.viewer().get(TENANTS + rest);
  }

  /** Without making them due: nobody shall work on them. */
  private void store(Tenant... all) {
    QuarkusTransaction.requiringNew().run(() -> List.of(all).forEach(tenants::remember));
  }
}
