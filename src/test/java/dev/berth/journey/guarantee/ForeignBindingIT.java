package dev.berth.journey.guarantee;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** G11: a binding that Berth did not make is left alone, and never said to be empty. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class ForeignBindingIT {

  private static final String BINDING =
      "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings/berth-sandbox";

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;
  private final String tenant = Stage.tenant("foreign");
  private final String namespace = "tenant-" + tenant;
  private final String bindings =
      "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace + "/rolebindings";

  @BeforeEach
  void anOpenTenant() {
    controlPlane.creates(tenant, Wish.of("starter").owners("team"));
    status.awaitReady(tenant, 1);
  }

  @AfterEach
  void theClusterIsWholeAgain() {
    cluster.mendEverything();
  }

  @Test
  void nobodyIsSaidToHaveNoAccessWhileABindingOfSomebodyElseLetsThemIn() {
    takesTheNameOfTheOwnersBinding("intruder");
    cluster.creates(bindings, binding("support", "helper"));

    cluster.loses(BINDING);

    Message told = awaitAccess("ForeignBinding");
    assertThat(told.text("phase")).isEqualTo("DEGRADED");
    assertThat(told.text("reason")).isEqualTo("PolicyMissing");
    assertThat(told.condition("AccessReady").path("message").asText())
        .contains("berth-owner (Group intruder)", "support (Group helper)");
    assertThat(cluster.subjectsOf(tenant)).containsExactlyInAnyOrder("intruder", "helper");

    cluster.deletes(bindings + "/support");
    cluster.deletes(bindings + "/berth-owner");
    cluster.mendEverything();
    eventually().until(() -> "READY".equals(database.phase(tenant)));
    eventually()
        .untilAsserted(() -> assertThat(cluster.subjectsOf(tenant)).containsExactly("team"));
    status.assertWholeStory(tenant);
  }

  /** What a binding gives it gives until it is gone, not until its namespace begins to go. */
  @Test
  void aBindingOfSomebodyElseCountsAlsoInANamespaceThatIsBeingDeleted() {
    String support = bindings + "/support";
    cluster.creates(
        bindings,
        binding("support", "helper")
            .replace("{'name'", "{'finalizers': ['example.com/slow'], 'name'"));
    cluster.deletes("/api/v1/namespaces/" + namespace);
    eventually().until(() -> cluster.subjectsOf(tenant).equals(List.of("helper")));

    cluster.loses(BINDING);

    status.awaitStep(
        tenant,
        "degraded",
        step -> step.type().equals("degraded") && step.text("reason").equals("PolicyMissing"));
    JsonNode access = awaitAccess("ForeignBinding").condition("AccessReady");
    assertThat(access.path("message").asText()).contains("support (Group helper)");

    cluster.changes(support, binding -> binding.withObject("/metadata").remove("finalizers"));
    assertThat(awaitAccess("AccessClosed").text("reason")).isEqualTo("PolicyMissing");
    status.assertWholeStory(tenant);
  }

  /** Berth sees the deletion, and may be faster. */
  private void takesTheNameOfTheOwnersBinding(String group) {
    eventually()
        .ignoreException(KubernetesClientException.class)
        .until(() -> {
          if (cluster.find(bindings + "/berth-owner").isPresent()) {
            cluster.deletes(bindings + "/berth-owner");
          }
          return cluster.creates(bindings, binding("berth-owner", group)).has("subjects");
        });
  }

  /** While the policy is lost. */
  private Message awaitAccess(String reason) {
    return status.awaitStep(
        tenant,
        reason,
        step ->
            step.text("reason").equals("PolicyMissing")
                && step.condition("AccessReady").path("reason").asText().equals(reason));
  }

  private static String binding(String name, String group) {
    return """
    {'metadata': {'name': '%s'},
     'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'berth-tenant-admin'},
     'subjects': [{'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'Group', 'name': '%s'}]}\
    """
        .formatted(name, group);
  }
}
