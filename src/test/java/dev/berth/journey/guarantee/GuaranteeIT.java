package dev.berth.journey.guarantee;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Fault;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.PlanFolder;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An open tenant loses what guards it: what happens is up to its plan, and ends by itself. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class GuaranteeIT {

  private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";
  private static final String BINDING =
      ADMISSION + "validatingadmissionpolicybindings/berth-sandbox";
  private static final String CLASSES = "/apis/node.k8s.io/v1/runtimeclasses";

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;

  @BeforeAll
  static void aPlanThatKeepsAccessOpen() {
    PlanFolder.release(
        "patient",
        "starter",
        plan -> plan.replace("onGuaranteeLost: close", "onGuaranteeLost: degrade"));
  }

  @AfterEach
  void theClusterIsWholeAgain() {
    cluster.mendEverything();
  }

  @Test
  void withoutTheBindingOfTheSandboxAccessIsClosedUntilItIsBack() {
    String tenant = open("starter");
    losesAccess(cluster.loses(BINDING), tenant, "PolicyMissing");
  }

  @Test
  void underAPolicyThatLooksAlikeAccessIsClosedUntilTheRealOneIsBack() {
    String tenant = open("starter");
    losesAccess(
        cluster.alters(
            ADMISSION + "validatingadmissionpolicies/berth-sandbox",
            policy -> ((ObjectNode) policy.at("/spec/validations/0")).put("expression", "true")),
        tenant,
        "PolicyAltered");
  }

  @Test
  void withAClassOfTheSameNameAndAnotherHandlerAccessIsClosed() {
    String tenant = open("starter");
    Fault gone = cluster.loses(CLASSES + "/kata-vm-isolation");
    Fault imposter =
        cluster.brings(CLASSES, "{'metadata': {'name': 'kata-vm-isolation'}, 'handler': 'runc'}");

    losesAccess(
        () -> {
          imposter.mend();
          gone.mend();
        },
        tenant,
        "RuntimeClassMissing");
  }

  @Test
  void aPatientPlanKeepsAccessAndSaysThatTheTenantIsDegraded() {
    String tenant = open("patient");

    Fault lost = cluster.loses(BINDING);
    Message degraded = awaitDegraded(tenant, "PolicyMissing");
    assertThat(degraded.text("phase")).isEqualTo("DEGRADED");
    assertThat(degraded.condition("AccessReady").path("status").asText()).isEqualTo("True");
    assertThat(owners(tenant)).containsExactly(tenant + "-team");

    lost.mend();
    awaitOpen(tenant);
    status.assertWholeStory(tenant);
  }

  /** Held back is not let go: what guards an open tenant comes back also while it waits. */
  @Test
  void aTenantThatIsHeldBackKeepsWhatGuardsIt() {
    String tenant = open("patient");
    String namespace = "tenant-" + tenant;
    String policy =
        "/apis/networking.k8s.io/v1/namespaces/" + namespace + "/networkpolicies/isolation";
    cluster.loses(BINDING);
    status.awaitStep(tenant, "degraded", 1);
    controlPlane.updates(
        tenant, Wish.of("patient").generation(2).owners(tenant + "-team").viewers("v"));
    status.awaitStep(tenant, "degraded", 2);

    cluster.deletes(policy);
    cluster.changes(
        "/api/v1/namespaces/" + namespace,
        n -> n.withObject("/metadata/labels").put("berth.dev/runtime-class", "no-such-class"));

    eventually().until(() -> runtimeClass(namespace).equals("kata-vm-isolation"));
    eventually().until(() -> cluster.find(policy).isPresent());
    assertThat(status.awaitStep(tenant, "degraded", 2).text("reason")).isEqualTo("PolicyMissing");
    assertThat(cluster.subjects(namespace, "berth-viewer")).isEmpty();
    cluster.mendEverything();
    status.awaitReady(tenant, 2);
    status.assertWholeStory(tenant);
  }

  @Test
  void whoIsNoLongerAnOwnerLosesAccessAlthoughNothingCanBeProven() {
    String tenant = open("patient");
    Fault lost = cluster.loses(BINDING);
    status.awaitStep(tenant, "degraded", 1);

    controlPlane.updates(tenant, Wish.of("patient").generation(2).owners("newcomers"));

    eventually().until(() -> owners(tenant).isEmpty());
    lost.mend();
    status.awaitReady(tenant, 2);
    cluster.awaitOwners(tenant, "newcomers");
  }

  @Test
  void withoutAReadyNodeATenantIsDegradedAndKeepsItsAccess() {
    String tenant = open("starter");
    List<Fault> down =
        cluster.get("/api/v1/nodes").path("items").findValues("metadata").stream()
            .map(node -> "/api/v1/nodes/" + node.path("name").asText())
            .map(
                node -> cluster.alters(node, n -> n.withObject("/spec").put("unschedulable", true)))
            .toList();
    controlPlane.updates(
        tenant, Wish.of("starter").generation(2).owners(tenant + "-team").viewers("v"));

    Message held =
        status.awaitStep(tenant, "NoSandboxNode", s -> s.text("reason").equals("NoSandboxNode"));
    assertThat(held.condition("RuntimeEnforced").path("status").asText()).isEqualTo("True");
    assertThat(owners(tenant)).containsExactly(tenant + "-team");

    down.forEach(Fault::mend);
    status.awaitReady(tenant, 2);
  }

  @Test
  void aFullQuotaIsNoLostGuarantee() {
    String tenant = open("starter");
    for (String name : List.of("a", "b")) {
      cluster.creates(
          ClusterAdmin.NAMESPACES + "tenant-" + tenant + "/pods",
          ClusterAdmin.pod(name, "kata-vm-isolation"));
    }

    controlPlane.updates(
        tenant, Wish.of("starter").generation(2).owners(tenant + "-team").viewers("v"));

    status.awaitReady(tenant, 2);
    assertThat(status.types(tenant)).doesNotContain("degraded");
  }

  /** Nobody has access while the fault lasts, and whoever had it has it again afterwards. */
  private void losesAccess(Fault fault, String tenant, String reason) {
    Message degraded = awaitDegraded(tenant, reason);
    assertThat(degraded.text("phase")).isEqualTo("DEGRADED");
    assertThat(degraded.condition("RuntimeEnforced").path("status").asText()).isEqualTo("False");
    assertThat(degraded.condition("AccessReady").path("reason").asText()).isEqualTo("AccessClosed");
    assertThat(owners(tenant)).isEmpty();

    fault.mend();

    awaitOpen(tenant);
    cluster.awaitOwners(tenant, tenant + "-team");
    status.assertWholeStory(tenant);
  }

  /** Whoever was just being looked at may be told before that a pod would have been let in. */
  private Message awaitDegraded(String tenant, String reason) {
    return status.awaitStep(
        tenant,
        "degraded: " + reason,
        step -> step.type().equals("degraded") && step.text("reason").equals(reason));
  }

  private String open(String plan) {
    String tenant = Stage.tenant("guarded");
    controlPlane.creates(tenant, Wish.of(plan).owners(tenant + "-team"));
    status.awaitReady(tenant, 1);
    cluster.awaitOwners(tenant, tenant + "-team");
    return tenant;
  }

  private String runtimeClass(String namespace) {
    return cluster
        .namespace(namespace)
        .at("/metadata/labels")
        .path("berth.dev/runtime-class")
        .asText();
  }

  private void awaitOpen(String tenant) {
    eventually().until(() -> "READY".equals(database.phase(tenant)));
  }

  private List<String> owners(String tenant) {
    return cluster.subjects("tenant-" + tenant, "berth-owner");
  }
}
