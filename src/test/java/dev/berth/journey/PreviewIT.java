package dev.berth.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.journey.stage.AuditLog;
import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What another plan would do is told by the real API server, and nothing is done. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class PreviewIT {

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final AuditLog audit = Stage.AUDIT;

  @Test
  void aChangeOfPlanIsShownObjectByObjectAndNothingIsChanged() {
    String tenant = Stage.tenant("looks-ahead");
    String main = "tenant-" + tenant;
    controlPlane.creates(tenant, Wish.of("starter").owners("team"));
    status.awaitReady(tenant, 1);
    List<String> changes = audit.changesFor(tenant);

    JsonPath preview = preview(tenant, "team");

    assertThat(preview.getString("plan")).isEqualTo("team@2");
    assertThat(preview.getList("held")).isEmpty();
    assertThat(
            preview.getMap(
                "objects.find { it.object == 'ResourceQuota %s/berth' }".formatted(main)))
        .containsEntry("effect", "CHANGE")
        .containsEntry("tried", true)
        .containsEntry("refusal", null);
    List<String> fields =
        preview.getList(
            "objects.find { it.object == 'ResourceQuota %s/berth' }.fields.field".formatted(main));
    assertThat(fields).contains("/spec/hard/requests.memory");
    assertThat(preview.getMap("objects.find { it.object == 'Namespace %s--jobs' }".formatted(main)))
        .as("a new namespace can be tried")
        .containsEntry("effect", "CREATE")
        .containsEntry("tried", true)
        .containsEntry("refusal", null);
    assertThat(
            preview.getMap(
                "objects.find { it.object == 'ResourceQuota %s--jobs/berth' }".formatted(main)))
        .as("what is in it cannot")
        .containsEntry("effect", "CREATE")
        .containsEntry("tried", false);
    assertThat(audit.changesFor(tenant)).isEqualTo(changes);
    assertThat(cluster.hasNamespace(main + "--jobs")).isFalse();

    assertThat(preview(tenant, "starter").getList("objects"))
        .as("the plan that it is on")
        .isEmpty();
    assertThat(given().get("/api/v1/tenants/%s/preview?plan=none".formatted(tenant)).statusCode())
        .isEqualTo(404);
    status.assertWholeStory(tenant);
  }

  private static JsonPath preview(String tenant, String plan) {
    return given()
        .get("/api/v1/tenants/%s/preview?plan=%s".formatted(tenant, plan))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
