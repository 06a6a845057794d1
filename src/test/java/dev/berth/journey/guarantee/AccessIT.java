package dev.berth.journey.guarantee;

import static dev.berth.journey.stage.Stage.eventually;
import static dev.berth.journey.stage.Stage.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Who is in the namespaces of a tenant, whatever else happens to it at the same time. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class AccessIT {

  private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";
  private static final String BINDING =
      ADMISSION + "validatingadmissionpolicybindings/berth-sandbox";
  private static final String HOST_ACCESS =
      ADMISSION + "validatingadmissionpolicybindings/berth-host-access";
  private static final String CLASSES = "/apis/node.k8s.io/v1/runtimeclasses";

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;

  @BeforeAll
  static void aSharedPlan() {
    PlanFolder.release(
        "shared-rooms",
        "starter",
        plan -> plan.replace("isolation: sandboxed", "isolation: shared"));
  }

  @AfterEach
  void theClusterIsWholeAgain() {
    cluster.mendEverything();
  }

  /** G1: what the next plan drops is closed like the rest, and so it is while the change waits. */
  @Test
  void everyNamespaceIsClosedWhateverThePlanOfTheUpdateIs() {
    String tenant = open("enterprise", "leaver", "stayer");
    List<Fault> down = cordonAll();
    controlPlane.updates(tenant, Wish.of("starter").generation(2).owners("stayer"));
    eventually().untilAsserted(() -> assertThat(owners(tenant)).containsOnly("stayer").hasSize(3));

    cluster.loses(BINDING);

    Message closed = awaitClosed(tenant);
    assertThat(closed.text("reason")).isEqualTo("PolicyMissing");
    assertThat(closed.text("phase")).isEqualTo("DEGRADED");
    assertThat(owners(tenant)).isEmpty();
    cluster.mendEverything();
    assertThat(down).isNotEmpty();
    status.awaitReady(tenant, 2);
    cluster.awaitOwners(tenant, "stayer");
    status.assertWholeStory(tenant);
  }

  /** G1: the plan that it stands on decides what a lost guarantee means. */
  @Test
  void anOpenTenantThatIsMovedToAnUnknownPlanIsClosedWhenItsGuaranteeIsLost() {
    String tenant = open("team", "team");
    controlPlane.updates(tenant, Wish.of("nowhere").generation(2).owners("team"));
    status.awaitStep(tenant, "blocked", 2);
    assertThat(owners(tenant)).hasSize(2);

    cluster.loses(BINDING);

    Message closed = awaitClosed(tenant);
    assertThat(closed.text("reason")).isEqualTo("PolicyMissing");
    assertThat(owners(tenant)).isEmpty();
    status.assertWholeStory(tenant);
  }

  /** G5: another class that would do does not make up for the one that the tenant runs in. */
  @Test
  void theClassThatIsRecordedForTheTenantIsJudged() {
    String tenant = open("starter", "team");
    cluster.brings(CLASSES, another("{'kubernetes.azure.com/kata-vm-isolation': 'true'}"));
    Fault gone = cluster.loses(CLASSES + "/kata-vm-isolation");
    Fault imposter =
        cluster.brings(CLASSES, "{'metadata': {'name': 'kata-vm-isolation'}, 'handler': 'runc'}");

    Message closed = awaitClosed(tenant);
    assertThat(closed.text("reason")).isEqualTo("RuntimeClassMissing");
    assertThat(closed.text("message")).contains("kata-vm-isolation", "handler kata");
    assertThat(owners(tenant)).isEmpty();
    assertThat(runtimeClass(tenant)).isEqualTo("kata-vm-isolation");

    imposter.mend();
    gone.mend();
    eventually().until(() -> "READY".equals(database.phase(tenant)));
    cluster.awaitOwners(tenant, "team");
  }

  /** G9: a tenant whose nodes are away stays on its class. */
  @Test
  void aTenantStaysOnItsClassWhenAnotherOneHasNodes() {
    String tenant = open("starter", "team");
    cluster.brings("/api/v1/nodes", "{'metadata': {'name': 'other', 'labels': {'other': 'yes'}}}");
    cluster.changes("/api/v1/nodes/other", node -> node.withObject("/spec").putArray("taints"));
    cluster.changes("/api/v1/nodes/other/status", AccessIT::becomesReady);
    cluster.brings(CLASSES, another("{'other': 'yes'}"));
    cordonAll();

    Message degraded =
        status.awaitStep(
            tenant, "NoSandboxNode", step -> step.text("reason").equals("NoSandboxNode"));

    assertThat(degraded.text("phase")).isEqualTo("DEGRADED");
    assertThat(degraded.condition("AccessReady").path("status").asText()).isEqualTo("True");
    assertThat(runtimeClass(tenant)).isEqualTo("kata-vm-isolation");
    assertThat(owners(tenant)).containsExactly("team");
    cluster.mendEverything();
    eventually().until(() -> "READY".equals(database.phase(tenant)));
    assertThat(runtimeClass(tenant)).isEqualTo("kata-vm-isolation");
  }

  /** G10: what guards nodes and neighbours guards them from shared tenants as well. */
  @Test
  void aSharedTenantIsClosedWithoutThePoliciesThatAreNotAboutTheSandbox() {
    String tenant = open("shared-rooms", "team");

    Fault sandbox = cluster.loses(BINDING);
    Fault lost = cluster.loses(HOST_ACCESS);

    Message closed = awaitClosed(tenant);
    assertThat(closed.text("reason")).isEqualTo("PolicyMissing");
    assertThat(closed.text("message")).contains("berth-host-access");
    assertThat(owners(tenant)).isEmpty();
    lost.mend();
    eventually().until(() -> "READY".equals(database.phase(tenant)));
    cluster.awaitOwners(tenant, "team"); // the sandbox is none of its
    sandbox.mend();
    status.assertWholeStory(tenant);
  }

  /** G12: what closes access is told, whatever was told before. */
  @Test
  void aLostGuaranteeOutranksWhatHeldTheTenantBackBefore() {
    String tenant = open("starter", "team");
    cordonAll();
    // A change of its own, so that it is looked at for another reason than the policy.
    controlPlane.updates(tenant, Wish.of("starter").generation(2).owners("team").viewers("v"));
    status.awaitStep(tenant, "NoSandboxNode", s -> s.text("reason").equals("NoSandboxNode"));

    Fault lost = cluster.loses(BINDING);

    Message closed = awaitClosed(tenant);
    assertThat(closed.type()).isEqualTo("degraded");
    assertThat(closed.text("reason")).isEqualTo("PolicyMissing");
    assertThat(owners(tenant)).isEmpty();
    lost.mend();
    cluster.mendEverything();
    status.awaitReady(tenant, 2);
    status.assertWholeStory(tenant);
  }

  private String open(String plan, String... owners) {
    String tenant = Stage.tenant("inside");
    controlPlane.creates(tenant, Wish.of(plan).owners(owners));
    status.awaitReady(tenant, 1);
    return tenant;
  }

  private Message awaitClosed(String tenant) {
    return status.awaitStep(
        tenant,
        "closed access",
        step -> step.condition("AccessReady").path("reason").asText().equals("AccessClosed"));
  }

  /** In all namespaces that carry the tenant's label. */
  private List<String> owners(String tenant) {
    return cluster
        .namespacesOf(tenant)
        .flatMap(n -> cluster.subjects(n, "berth-owner").stream())
        .toList();
  }

  private String runtimeClass(String tenant) {
    return cluster
        .namespace("tenant-" + tenant)
        .at("/metadata/labels")
        .path("berth.dev/runtime-class")
        .asText();
  }

  private List<Fault> cordonAll() {
    return cluster.get("/api/v1/nodes").path("items").findValues("metadata").stream()
        .map(node -> node.path("name").asText())
        .filter(node -> node.startsWith("aks-kata"))
        .map(node ->
            cluster.alters(
                "/api/v1/nodes/" + node, n -> n.withObject("/spec").put("unschedulable", true)))
        .toList();
  }

  private static String another(String nodeSelector) {
    return """
    {'metadata': {'name': 'kata-mshv-vm-isolation'}, 'handler': 'kata',
     'overhead': {'podFixed': {'memory': '600Mi'}}, 'scheduling': {'nodeSelector': %s}}\
    """
        .formatted(nodeSelector);
  }

  private static void becomesReady(ObjectNode node) {
    JsonNode room = Stage.json(quoted("{'memory': '8Gi', 'cpu': '8', 'pods': '110'}"));
    node.withObject("/status").set("allocatable", room);
    node.withObject("/status").set("capacity", room);
    node.withObject("/status")
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("lastHeartbeatTime", "2026-01-01T00:00:00Z")
        .put("lastTransitionTime", "2026-01-01T00:00:00Z");
  }
}
