package dev.berth.journey.guarantee;

import static dev.berth.journey.stage.Stage.eventually;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.PlanFolder;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What operators do to a tenant, and what becomes of it in the cluster. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class HandsIT {

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;

  @Test
  void aFrozenTenantHasNobodyInItUntilItIsUnfrozen() {
    String tenant = open();
    String namespace = "tenant-" + tenant;
    String uid = cluster.uid(namespace);

    String freeze = act(tenant, "freeze");
    Message frozen =
        status.awaitStep(
            tenant,
            "nobody in it",
            step -> step.condition("AccessReady").path("reason").asText().equals("AccessFrozen"));

    assertThat(frozen.type()).isEqualTo("degraded");
    assertThat(frozen.text("reason")).isEqualTo("AccessFrozen");
    assertThat(cluster.subjectsOf(tenant)).isEmpty();
    awaitDone(freeze);

    // What somebody puts back does not stay.
    cluster.changes(
        "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings/berth-owner"
            .formatted(namespace),
        binding ->
            binding
                .putArray("subjects")
                .addObject()
                .put("kind", "User")
                .put("apiGroup", "rbac.authorization.k8s.io")
                .put("name", "mallory"));
    eventually().until(() -> cluster.subjectsOf(tenant).isEmpty());

    controlPlane.updates(tenant, Wish.of("starter").generation(2).owners("newcomers"));
    Message applied = status.awaitStep(tenant, "degraded", 2);
    assertThat(applied.text("reason")).isEqualTo("AccessFrozen");
    assertThat(applied.condition("QuotaReady").path("observedGeneration").asInt()).isEqualTo(2);
    assertThat(cluster.subjectsOf(tenant)).isEmpty();

    String unfreeze = act(tenant, "unfreeze");
    Message ready = status.awaitReady(tenant, 2);
    assertThat(ready.condition("AccessReady").path("status").asText()).isEqualTo("True");
    cluster.awaitOwners(tenant, "newcomers");
    assertThat(cluster.uid(namespace)).as("nothing was deleted").isEqualTo(uid);
    awaitDone(unfreeze);
    status.assertWholeStory(tenant);
  }

  @Test
  void aTenantThatIsFrozenBeforeItWasOpenedStaysClosedAndLeaves() {
    String tenant = Stage.tenant("cold");
    controlPlane.creates(tenant, Wish.of(tenant).noViewers());
    status.awaitStep(tenant, "blocked", 1);

    awaitDone(act(tenant, "freeze"));
    PlanFolder.release(tenant, "starter");
    status.awaitStep(
        tenant,
        "BLOCKED because it is frozen",
        step -> step.text("phase").equals("BLOCKED") && step.text("reason").equals("AccessFrozen"));

    assertThat(cluster.hasNamespace("tenant-" + tenant)).isTrue();
    assertThat(cluster.subjectsOf(tenant)).isEmpty();
    controlPlane.offboards(tenant, 2);
    status.awaitStep(tenant, "offboarded", 2);
    assertThat(cluster.hasNamespace("tenant-" + tenant)).isFalse();
    status.assertWholeStory(tenant);
  }

  @Test
  void aLookIsDoneOnceItHasEndedAndAVerificationOnceItsReportIsThere() {
    String tenant = open();

    awaitDone(act(tenant, "look"));
    awaitDone(act(tenant, "verify"));

    Response report = given().get("/api/v1/tenants/" + tenant + "/isolation");
    assertThat(report.statusCode()).isEqualTo(200);
    assertThat(
            given().get("/api/v1/tenants/" + tenant + "/actions").jsonPath().getList("items.kind"))
        .containsExactly("verify", "look");
  }

  @Test
  void aTenantThatIsBlockedIsTriedAgain() {
    String tenant = Stage.tenant("again");
    controlPlane.creates(tenant, Wish.of("no-such-plan").noViewers());
    status.awaitStep(tenant, "blocked", 1);

    awaitDone(act(tenant, "retry"));
    assertThat(database.phase(tenant)).isEqualTo("BLOCKED");
  }

  private String open() {
    String tenant = Stage.tenant("hands");
    controlPlane.creates(tenant, Wish.of("starter").owners(tenant + "-team").noViewers());
    status.awaitReady(tenant, 1);
    return tenant;
  }

  private static String act(String tenant, String kind) {
    Response taken =
        given()
            .header("Idempotency-Key", UUID.randomUUID())
            .header("If-Match", "*")
            .contentType("application/json")
            .body("{\"kind\":\"%s\",\"reason\":\"a story\"}".formatted(kind))
            .post("/api/v1/tenants/" + tenant + "/actions");
    assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(202);
    return taken.jsonPath().getString("id");
  }

  private static void awaitDone(String action) {
    eventually()
        .until(
            () -> given().get("/api/v1/actions/" + action).jsonPath().getString("state"),
            "DONE"::equals);
  }
}
