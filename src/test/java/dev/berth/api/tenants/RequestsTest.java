package dev.berth.api.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.OpenApi;
import dev.berth.api.stage.Samples;
import dev.berth.store.inbox.EventId;
import dev.berth.store.inbox.Inbox;
import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.store.inbox.KeptRecord;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What became of a tenant's requests, as its view tells. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class RequestsTest {

  private final Tenants tenants;
  private final Inbox inbox;
  private final String plan = "p" + UUID.randomUUID().toString().substring(0, 8);
  private final PlanVersion one = new PlanVersion(plan, 1);

  RequestsTest(Tenants tenants, Inbox inbox) {
    this.tenants = tenants;
    this.inbox = inbox;
  }

  @Test
  void theLatestRequestThatWasNotAppliedIsShownWithItsReason() {
    store(Samples.ready(plan, one));
    EventId event = new EventId("/control-plane", plan);
    QuarkusTransaction.requiringNew()
        .run(() -> {
          inbox.arrive(
              new Inbox.Entry(event, "sha", "dev.berth.tenant.updated.v1", plan, 0),
              new KeptRecord("tenant.events", 4, 7, "", new byte[0]));
          inbox.decide(event, Ruling.REJECTED, Reason.InvalidData, "/owners must be a list");
        });

    Response answer = get("/" + plan);

    OpenApi.served().assertValid("TenantDetail", answer);
    assertThat(answer.jsonPath().getMap("lastNotApplied"))
        .containsEntry("verdict", "REJECTED")
        .containsEntry("reason", "InvalidData")
        .containsEntry("message", "/owners must be a list")
        .containsEntry("source", "/control-plane")
        .containsEntry("id", plan)
        .containsEntry("type", "dev.berth.tenant.updated.v1")
        .containsEntry("generation", null)
        .containsKey("time")
        .hasSize(8);
  }

  @Test
  void theSnapshotThatWaitsForTheNextLifeIsShown() {
    Tenant tenant = Samples.ready(plan, one);
    Desired desired = tenant.desired();
    store(
        tenant.with(
            new Desired(
                Desired.Mode.OFFBOARDED, 3, desired.spec(), desired.plan(), desired.spec())));

    Response answer = get("/" + plan);

    OpenApi.served().assertValid("TenantDetail", answer);
    assertThat(answer.asString()).contains("\"waiting\":" + Samples.DOCUMENT);
    assertThat(answer.jsonPath().getMap("")).containsEntry("lastNotApplied", null);
  }

  private static Response get(String rest) {
    return Caller.viewer().get("/api/v1/tenants" + rest);
  }

  private void store(Tenant tenant) {
    QuarkusTransaction.requiringNew().run(() -> tenants.remember(tenant));
  }
}
