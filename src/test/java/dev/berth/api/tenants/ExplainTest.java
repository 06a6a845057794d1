package dev.berth.api.tenants;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.OpenApi;
import dev.berth.api.stage.Samples;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Why a tenant is as it is, in the words of its events. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class ExplainTest {

  private final String id = "e" + UUID.randomUUID().toString().substring(0, 8);
  private final PlanVersion plan = new PlanVersion(id, 1);
  private final Tenants tenants;

  ExplainTest(Tenants tenants) {
    this.tenants = tenants;
  }

  @Test
  void whatHoldsATenantBackIsToldWithWhoMustActAndWhatToDo() {
    store(Samples.blocked(id, plan));

    Response answer = explain();

    OpenApi.served().assertValid("Explanation", answer);
    JsonPath why = answer.jsonPath();
    assertThat(why.getString("phase")).isEqualTo("BLOCKED");
    assertThat(why.getString("reason")).isEqualTo("QuotaTooSmall");
    assertThat(why.getString("actor")).isEqualTo("PLATFORM_TEAM");
    assertThat(why.getList("sentences", String.class))
        .startsWith(id + " is BLOCKED.")
        .contains("held back.", "For the platform team: " + why.getString("nextStep"));
    JsonPath status = Caller.viewer().get("/api/v1/tenants/" + id).jsonPath();
    for (String word : new String[] {"phase", "since", "reason", "actor", "nextStep"}) {
      assertThat(why.getString(word)).as(word).isEqualTo(status.getString(word));
    }
  }

  @Test
  void nothingIsToBeDoneForOneThatIsReady() {
    store(Samples.ready(id, plan));

    JsonPath why = explain().jsonPath();

    assertThat(why.getString("actor")).isEqualTo("NOBODY");
    assertThat(why.getString("nextStep")).isNull();
    assertThat(why.getList("blockedBy")).isEmpty();
  }

  @Test
  void theFleetTellsWhoNeedsAPersonAndWhom() {
    store(Samples.blocked(id, plan));

    Response answer = Caller.viewer().get("/api/v1/fleet");

    OpenApi.served().assertValid("Fleet", answer);
    JsonPath fleet = answer.jsonPath();
    assertThat(fleet.getInt("phases.BLOCKED")).isPositive();
    JsonPath why = explain().jsonPath();
    String group = "needsPerson.find { it.phase == 'BLOCKED' && it.reason == 'QuotaTooSmall' }";
    assertThat(fleet.getInt(group + ".tenants")).isPositive();
    for (String word : new String[] {"actor", "meaning", "nextStep"}) {
      assertThat(fleet.getString(group + "." + word)).as(word).isEqualTo(why.getString(word));
    }
  }

  @Test
  void theFleetTakesNoParameters() {
    assertProblem(Caller.viewer().get("/api/v1/fleet?phase=READY"), 400, "InvalidParameter");
  }

  @Test
  void anUnknownTenantIsNotFound() {
    assertProblem(explain(), 404, "NotFound");
  }

  private Response explain() {
    return Caller.viewer().get("/api/v1/tenants/" + id + "/explain");
  }

  private void store(Tenant tenant) {
    QuarkusTransaction.requiringNew().run(() -> tenants.remember(tenant));
  }
}
