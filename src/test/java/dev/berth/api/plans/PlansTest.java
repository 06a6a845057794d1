package dev.berth.api.plans;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static dev.berth.api.stage.ProblemAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.OpenApi;
import dev.berth.api.stage.Samples;
import dev.berth.store.PlanReleases;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample plans over REST. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class PlansTest {

  private static final PlanVersion TEAM = new PlanVersion("team", 2);
  private static final PlanVersion GONE = new PlanVersion("team", 77);

  private final Tenants tenants;
  private final PlanReleases releases;

  PlansTest(Tenants tenants, PlanReleases releases) {
    this.tenants = tenants;
    this.releases = releases;
  }

  @Test
  void everyVersionIsThereWithItsReleaseAndItsTenants() {
    releases.release(Map.of(TEAM, "sha256"));
    QuarkusTransaction.requiringNew()
        .run(() -> tenants.remember(Samples.ready("on-a-version-taken-away", GONE)));

    await()
        .untilAsserted(() -> {
          Response answer = get("");
          OpenApi.served().assertValid("PlanList", answer);
          JsonPath plans = answer.jsonPath();
          assertThat(plans.getList("items.name")).contains("enterprise", "starter", "team");
          assertThat(plans.getList("errors")).isEmpty();
          assertThat(plans.getString("wrongSince")).isNull();
          String team = "items.find { it.name == 'team' }.versions";
          assertThat(plans.getList(team + ".version")).startsWith(77, 2);
          assertThat(plans.getString(team + ".find { it.version == 2 }.releasedAt")).isNotNull();
          assertThat(plans.getMap(team + ".find { it.version == 77 }"))
              .as("counted again in a while")
              .containsEntry("offered", false)
              .containsEntry("tenants", 1);
        });
  }

  @Test
  void aPlanIsShownAsItWasLoadedWithWhatItGives() {
    Response answer = get("/team");

    OpenApi.served().assertValid("PlanDetail", answer);
    JsonPath plan = answer.jsonPath();
    assertThat(plan.getInt("version")).isEqualTo(2);
    assertThat(plan.getString("document.sandbox.memory")).isEqualTo("512Mi");
    assertThat(plan.getBoolean("document.network.dns")).isTrue();
    assertThat(plan.getInt("budget.sandboxes")).isEqualTo(20);
    assertThat(plan.getMap("budget.quotas")).containsOnlyKeys("", "jobs");
    assertThat(plan.getMap("budget.quotas.jobs"))
        .containsEntry("pods", "5")
        .containsEntry("requests.memory", "2560Mi");
    assertThat(plan.getString("diff")).isNull();
  }

  @Test
  void aVersionHasNoDifferenceFromItself() {
    JsonPath plan = get("/team?from=2&to=2").jsonPath();

    assertThat(plan.getInt("diff.from")).isEqualTo(2);
    assertThat(plan.getList("diff.fields")).isEmpty();
    assertThat(plan.getList("diff.quotas")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/team?from=1", "/team?to=3", "/Team"})
  void whatTheCatalogueLacksIsNotFound(String path) {
    assertThat(assertProblem(get(path), 404, "NotFound").getString("detail")).contains("catalogue");
  }

  @ParameterizedTest
  @ValueSource(strings = {"from=0", "to=x", "from=", "with=3"})
  void aBadParameterIsNamed(String query) {
    assertRefused(get("/team?" + query), query.substring(0, query.indexOf('=')));
  }

  private static Response get(String rest) {
    return Caller.viewer().get("/api/v1/plans" + rest);
  }
}
