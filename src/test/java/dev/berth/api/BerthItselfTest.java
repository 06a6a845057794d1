package dev.berth.api;

import static dev.berth.api.stage.ProblemAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.Management;
import dev.berth.api.stage.OpenApi;
import dev.berth.api.stage.Stand;
import dev.berth.plan.ClusterAdmission;
import dev.berth.plan.ClusterAdmission.PolicyFault;
import dev.berth.plan.ClusterFacts;
import dev.berth.provisioning.Activity;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class BerthItselfTest {

  private static final Duration KEPT = Duration.ofSeconds(5);

  private final Activity activity;

  BerthItselfTest(Activity activity) {
    this.activity = activity;
  }

  @AfterEach
  void nothingIsKnown() {
    Stand.FACTS.set(ClusterFacts.UNKNOWN);
  }

  @Test
  void aReplicaSaysWhatItIsAndHowItFaresInTheWordsOfItsHealth() {
    Response answer = get();

    OpenApi.served().assertValid("Berth", answer);
    JsonPath berth = answer.jsonPath();
    assertThat(berth.getString("cluster")).isEqualTo("local");
    assertThat(berth.getString("mode")).isEqualTo("work");
    assertThat(berth.getString("version")).isNotBlank();
    assertThat(Instant.parse(berth.getString("since")))
        .isBetween(Instant.EPOCH.plusSeconds(1), Instant.now());
    JsonPath health = Management.get("/q/health/ready").jsonPath();
    assertThat(berth.getList("checks.name"))
        .hasSameElementsAs(health.getList("checks.name"))
        .contains("schema", "plans");
    assertThat(berth.getBoolean("ready")).isEqualTo(health.getString("status").equals("UP"));
    assertThat(berth.getString("backlog.readAt")).isNotNull();
  }

  /** A clock that is put back would keep figures of before for as long as it was wrong. */
  @Test
  void theBacklogIsKeptForFiveSecondsWhateverTheClockSays() {
    Stand.whileTimeStands(() -> {
      Stand.goesOn(KEPT);
      String readAt = get().jsonPath().getString("backlog.readAt");

      assertThat(get().jsonPath().getString("backlog.readAt")).isEqualTo(readAt);

      Stand.goesOn(KEPT);
      assertThat(get().jsonPath().getString("backlog.readAt")).isNotEqualTo(readAt);
    });
  }

  @Test
  void itsLastWorkIsTold() {
    activity.worked();

    assertThat(Instant.parse(get().jsonPath().getString("lastWorkAt")))
        .isAfter(Instant.now().minusSeconds(60));
  }

  @Test
  void whetherThePoliciesAreIntactIsToldOnceItIsKnown() {
    assertThat(get().jsonPath().getString("policies.intact")).isNull();

    Stand.FACTS.set(Stand.KNOWN);
    assertThat(get().jsonPath().getBoolean("policies.intact")).isTrue();

    Stand.FACTS.set(
        new ClusterFacts(
            true,
            List.of(),
            new ClusterAdmission(
                "v1.36",
                true,
                true,
                List.of(new PolicyFault("ValidatingAdmissionPolicy berth-sandbox", null, true))),
            Stand.KNOWN.network()));
    Response altered = get();
    OpenApi.served().assertValid("Berth", altered);
    assertThat(altered.jsonPath().getBoolean("policies.intact")).isFalse();
    assertThat(altered.jsonPath().getMap("policies.faults[0]"))
        .containsEntry("object", "ValidatingAdmissionPolicy berth-sandbox")
        .containsEntry("reason", "PolicyMissing")
        .containsEntry("guards", true);
  }

  @Test
  void itTakesNoParameter() {
    assertRefused(Caller.viewer().get("/api/v1/berth?x=1"), "x");
  }

  private static Response get() {
    return Caller.viewer().get("/api/v1/berth");
  }
}
