package dev.berth.journey.guarantee;

import static dev.berth.journey.stage.Stage.eventually;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import dev.berth.kubernetes.facts.ClusterWatch;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Canary;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.enterprise.inject.spi.CDI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** G5, G9: a tenant is moved to another class by hand, and never has a pod outside a sandbox. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class MoveIT {

  private static final String CLASSES = "/apis/node.k8s.io/v1/runtimeclasses";
  private static final String HOME = "kata-vm-isolation";
  private static final String OTHER = "kata-mshv-vm-isolation";

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final ClusterWatch berth = CDI.current().select(ClusterWatch.class).get();

  @BeforeEach
  void anotherClassWithTheSameNodes() {
    cluster.brings(
        CLASSES,
        """
        {'metadata': {'name': '%s'}, 'handler': 'kata', 'overhead': {'podFixed': {'memory': '600Mi'}},
         'scheduling': {'nodeSelector': {'kubernetes.azure.com/kata-vm-isolation': 'true'}}}\
        """
            .formatted(OTHER));
    eventually()
        .until(
            () ->
                berth.get().classes().stream()
                    .filter(it -> it.canary() != Canary.UNPROVEN)
                    .map(SandboxClass::name)
                    .toList(),
            proven -> proven.containsAll(List.of(HOME, OTHER)));
  }

  @AfterEach
  void theClusterIsWholeAgain() {
    cluster.mendEverything();
  }

  @Test
  void aTenantIsMovedThereAndBackAndNotToWhereItCannotBe() {
    String tenant = Stage.tenant("moved");
    controlPlane.creates(tenant, Wish.of("starter").owners(tenant + "-team").noViewers());
    status.awaitReady(tenant, 1);
    String pod = pod(tenant, HOME);

    assertThat(refusal(tenant, HOME)).contains("already");
    assertThat(refusal(tenant, "kata-nowhere")).contains("name one of", HOME, OTHER);
    assertThat(runtimeClass(tenant)).isEqualTo(HOME);

    awaitDone(moved(tenant, OTHER));
    assertThat(runtimeClass(tenant)).isEqualTo(OTHER);
    assertThat(cluster.find(pod)).as("a pod of the class before").isEmpty();
    assertOnlyInside(tenant, OTHER, HOME);
    assertThat(given().get("/api/v1/tenants/" + tenant + "/explain").asString())
        .contains("anyone moved it to RuntimeClass " + OTHER);
    assertThat(cluster.subjectsOf(tenant)).containsExactly(tenant + "-team");

    String next = pod(tenant, OTHER);
    awaitDone(moved(tenant, HOME));
    assertThat(runtimeClass(tenant)).isEqualTo(HOME);
    assertThat(cluster.find(next)).isEmpty();
    assertOnlyInside(tenant, HOME, OTHER);
    status.assertWholeStory(tenant);
  }

  private static void assertOnlyInside(String tenant, String in, String out) {
    String owners = tenant + "-team";
    // The API server learns by a watch that they are let in again.
    eventually()
        .untilAsserted(() ->
            assertThat(ClusterAdmin.tries(owners, "tenant-" + tenant, in).code()).isEqualTo(201));
    assertThat(ClusterAdmin.tries(owners, "tenant-" + tenant, out).code()).isNotEqualTo(201);
    assertThat(ClusterAdmin.tries(owners, "tenant-" + tenant, "berth-probe").code())
        .isNotEqualTo(201);
  }

  private String pod(String tenant, String runtimeClass) {
    String pods = ClusterAdmin.NAMESPACES + "tenant-" + tenant + "/pods";
    cluster.creates(pods, ClusterAdmin.pod("old", runtimeClass));
    return pods + "/old";
  }

  private String runtimeClass(String tenant) {
    return cluster
        .namespace("tenant-" + tenant)
        .at("/metadata/labels")
        .path("berth.dev/runtime-class")
        .asText();
  }

  private static String moved(String tenant, String to) {
    Response taken = move(tenant, to);
    assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(202);
    return taken.jsonPath().getString("id");
  }

  private static String refusal(String tenant, String to) {
    Response refused = move(tenant, to);
    assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(409);
    return refused.jsonPath().getString("detail");
  }

  private static Response move(String tenant, String to) {
    return given()
        .header("Idempotency-Key", UUID.randomUUID())
        .header("If-Match", "*")
        .contentType("application/json")
        .body("{\"kind\":\"move\",\"to\":\"%s\",\"reason\":\"a story\"}".formatted(to))
        .post("/api/v1/tenants/" + tenant + "/actions");
  }

  private static void awaitDone(String action) {
    eventually()
        .until(
            () -> given().get("/api/v1/actions/" + action).jsonPath().getString("state"),
            "DONE"::equals);
  }
}
