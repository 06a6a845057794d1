package dev.berth.journey.guarantee;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Fault;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The isolation of open tenants is tried again and again, and what came of it is told. */
@QuarkusTest
@TestProfile(IsolationIT.Impatient.class)
class IsolationIT {

  private static final String BINDINGS = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;

  /** Verifies every other second. */
  public static class Impatient extends OnRealParts {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
      overrides.put("berth.isolation.after", "1s");
      overrides.put("berth.isolation.every", "2s");
      overrides.put("berth.isolation.retry", "2s");
      return overrides;
    }
  }

  @AfterEach
  void nothingIsHeldUp() {
    cluster.mendEverything();
  }

  @Test
  void aReadyTenantIsVerifiedAndEveryLineIsShown() {
    String tenant = Stage.tenant("proven");
    controlPlane.creates(tenant, Wish.of("team").owners(tenant + "-ops").viewers("audit"));
    status.awaitReady(tenant, 1);

    Message verified = status.awaitStep(tenant, "isolation-verified", 1);

    assertThat(verified.text("phase")).isEqualTo("READY");
    assertThat(verified.text("reason")).isEqualTo("Verified");
    assertThat(verified.condition("IsolationVerified").path("status").asText()).isEqualTo("True");
    JsonPath report = report(tenant);
    assertThat(report.getBoolean("passed")).isTrue();
    assertThat(report.getList("lines.result")).hasSizeGreaterThan(100).containsOnly("passed");
    assertThat(report.getList("lines.namespace"))
        .contains("tenant-" + tenant, "tenant-" + tenant + "--jobs", "kube-system", "");
    assertThat(report.getList("lines.subject"))
        .contains("Berth", "Group " + tenant + "-ops", "Group audit");
    assertThat(report.getList("lines.guard")).contains("berth-sandbox", "PodSecurity", "RBAC");
    assertThat(status.types(tenant))
        .as("a pass is told once")
        .containsExactly("accepted", "provisioning-started", "provisioned", "isolation-verified");
    status.assertWholeStory(tenant);
  }

  @Test
  void aRightThatLeadsOutOfTheTenantDegradesItUntilItIsTakenAway() {
    String tenant = Stage.tenant("escaping");
    String owners = tenant + "-ops";
    controlPlane.creates(tenant, Wish.of("starter").owners(owners));
    status.awaitStep(tenant, "isolation-verified", 1);

    Fault binding = clusterAdmins(tenant, owners);

    Message degraded = status.awaitStep(tenant, "degraded", 1);
    assertThat(degraded.text("phase")).isEqualTo("DEGRADED");
    assertThat(degraded.text("reason")).isEqualTo("IsolationBroken");
    assertThat(degraded.text("message"))
        .contains("Group " + owners, "oversight-" + tenant, "cluster-admin", "Remove");
    JsonPath report = report(tenant);
    assertThat(report.getBoolean("passed")).isFalse();
    List<Map<String, String>> failed = report.getList("lines.findAll { it.result == 'failed' }");
    assertThat(failed)
        .allSatisfy(line -> assertThat(line).containsEntry("subject", "Group " + owners))
        .anySatisfy(line ->
            assertThat(line)
                .containsEntry(
                    "check",
                    "create, update, patch, delete clusterrolebindings.rbac.authorization.k8s.io")
                .hasEntrySatisfying("guard", guard -> assertThat(guard).contains("oversight-")));

    binding.mend();

    Message mended =
        status.awaitStep(
            tenant,
            "READY after DEGRADED",
            step -> "DEGRADED".equals(step.data().path("previousPhase").asText()));
    assertThat(mended.type()).isEqualTo("isolation-verified");
    assertThat(mended.text("phase")).isEqualTo("READY");
    assertThat(report(tenant).getBoolean("passed")).isTrue();
    status.assertWholeStory(tenant);
  }

  /** L8: most of many owners are asked for little, but nobody who has more than the others. */
  @Test
  void aRightOfOneAmongManyIsFound() {
    String tenant = Stage.tenant("crowded");
    String[] owners = IntStream.range(0, 12).mapToObj(i -> tenant + "-" + i).toArray(String[]::new);
    controlPlane.creates(tenant, Wish.of("starter").owners(owners));
    status.awaitStep(tenant, "isolation-verified", 1);
    assertThat(report(tenant).getList("lines.findAll { it.subject == 'Group " + owners[7] + "' }"))
        .hasSizeBetween(1, 10);

    cluster.brings(
        BINDINGS,
        """
        {'metadata': {'name': 'insight-%s'},
         'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'system:kube-scheduler'},
         'subjects': [{'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'Group', 'name': '%s'}]}\
        """
            .formatted(tenant, owners[7]));

    Message degraded = status.awaitStep(tenant, "degraded", 1);
    assertThat(degraded.text("reason")).isEqualTo("IsolationBroken");
    assertThat(degraded.text("message")).contains("Group " + owners[7]);
    status.assertWholeStory(tenant);
  }

  private Fault clusterAdmins(String tenant, String group) {
    return cluster.brings(
        BINDINGS,
        """
        {'metadata': {'name': 'oversight-%s'},
         'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'cluster-admin'},
         'subjects': [{'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'Group', 'name': '%s'}]}\
        """
            .formatted(tenant, group));
  }

  @Test
  void aNewGenerationIsVerifiedAnewAndATenantThatLeftHasNoReport() {
    String tenant = Stage.tenant("leaving");
    controlPlane.creates(tenant, Wish.of("starter"));
    status.awaitStep(tenant, "isolation-verified", 1);

    controlPlane.updates(tenant, Wish.of("starter").generation(2).owners("others"));
    status.awaitStep(tenant, "isolation-verified", 2);
    assertThat(report(tenant).getList("lines.subject")).contains("Group others");

    controlPlane.offboards(tenant, 3);
    status.awaitStep(tenant, "offboarded", 3);

    assertThat(given().get("/api/v1/tenants/" + tenant + "/isolation").statusCode()).isEqualTo(404);
  }

  private static JsonPath report(String tenant) {
    return given().get("/api/v1/tenants/" + tenant + "/isolation").jsonPath();
  }
}
