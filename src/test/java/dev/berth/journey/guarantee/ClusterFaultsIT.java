package dev.berth.journey.guarantee;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Fault;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import dev.berth.journey.stage.WokenOnly;
import dev.berth.kubernetes.facts.ClusterWatch;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.SandboxClass;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.spi.CDI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While anything is missing that the sandbox rests on no tenant opens, and it says what. */
@QuarkusTest
@TestProfile(WokenOnly.class)
class ClusterFaultsIT {

  private static final String CLASSES = "/apis/node.k8s.io/v1/runtimeclasses/";
  private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";
  private static final String SANDBOX = ADMISSION + "validatingadmissionpolicies/berth-sandbox";
  private static final String BINDING =
      ADMISSION + "validatingadmissionpolicybindings/berth-sandbox";
  private static final String DEFAULT =
      ADMISSION + "mutatingadmissionpolicies/berth-sandbox-default";

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;

  private final ClusterWatch berth = CDI.current().select(ClusterWatch.class).get();
  private ClusterFacts whole;

  @BeforeEach
  void theClusterIsWhole() {
    eventually().until(() -> isWhole(berth.get()));
    whole = berth.get();
  }

  /** Also proven, which facts become a moment after they are known. */
  private static boolean isWhole(ClusterFacts facts) {
    return facts.known()
        && facts.admission().faults().isEmpty()
        && facts.classes().stream().allMatch(it -> it.canary() == SandboxClass.Canary.DEFAULTS);
  }

  @AfterEach
  void theClusterIsWholeAgain() {
    cluster.mendEverything();
    eventually().until(() -> berth.get().equals(whole));
    theSandboxHolds();
  }

  @Test
  void withoutTheSandboxClass() {
    noTenantOpensWith(
        cluster.loses(CLASSES + "kata-vm-isolation"),
        "RuntimeEnforced",
        "RuntimeClassMissing",
        "RuntimeClass");
  }

  @Test
  void withoutTheClassThatProvesThePolicy() {
    noTenantOpensWith(
        cluster.loses(CLASSES + "berth-probe"),
        "RuntimeEnforced",
        "ProbeClassMissing",
        "berth-probe");
  }

  @Test
  void withoutAReadyKataNode() {
    List<Fault> down =
        cluster.get("/api/v1/nodes").path("items").findValues("metadata").stream()
            .map(node -> "/api/v1/nodes/" + node.path("name").asText() + "/status")
            .map(node -> cluster.alters(node, ClusterFaultsIT::stopKubelet))
            .toList();
    eventually()
        .until(() -> berth.get().classes().stream().limit(1).anyMatch(c -> c.nodes().isEmpty()));

    noTenantOpensWith(
        () -> down.forEach(Fault::mend), "NodePoolReady", "NoSandboxNode", "kata-vm-isolation");
  }

  @Test
  void withoutThePolicy() {
    noTenantOpensWith(cluster.loses(SANDBOX), "RuntimeEnforced", "PolicyMissing", "berth-sandbox");
  }

  @Test
  void withoutThePolicyOfTheDefault() {
    noTenantOpensWith(
        cluster.loses(DEFAULT), "RuntimeEnforced", "PolicyMissing", "berth-sandbox-default");
  }

  @Test
  void withoutThePolicyThatGuardsTheNamespaces() {
    noTenantOpensWith(
        cluster.loses(ADMISSION + "validatingadmissionpolicies/berth-namespace-guard"),
        "RuntimeEnforced",
        "PolicyMissing",
        "berth-namespace-guard");
  }

  @Test
  void withAPolicyThatLetsEverythingPass() {
    noTenantOpensWith(
        cluster.alters(SANDBOX, ClusterFaultsIT::allowEverything),
        "RuntimeEnforced",
        "PolicyAltered",
        "berth-sandbox");
  }

  @Test
  void withAnotherDefault() {
    noTenantOpensWith(
        cluster.alters(
            DEFAULT, policy -> policy.withObject("/spec").put("failurePolicy", "Ignore")),
        "RuntimeEnforced",
        "PolicyAltered",
        "berth-sandbox-default");
  }

  @Test
  void withABindingThatOnlyWarns() {
    noTenantOpensWith(
        cluster.alters(
            BINDING,
            binding -> binding.withObject("/spec").putArray("validationActions").add("Warn")),
        "RuntimeEnforced",
        "PolicyAltered",
        "berth-sandbox");
  }

  @Test
  void aPodOutsideTheSandboxIsDeniedAndWithoutTheBindingItPassesAndNoTenantOpens() {
    String open = Stage.tenant("open");
    controlPlane.creates(open, Wish.of("starter").owners(open + "-team"));
    status.awaitReady(open, 1);

    // The API server learns of a binding by a watch: until then they have no right to try.
    eventually()
        .untilAsserted(() ->
            assertThat(outside(open).message())
                .contains(
                    "ValidatingAdmissionPolicy 'berth-sandbox' with binding 'berth-sandbox' denied request",
                    "kata-vm-isolation"));
    assertThat(outside(open).code()).isEqualTo(403);

    Fault lost = cluster.loses(BINDING);
    // The owners have no access by then, so somebody tries it to whom nobody can close it.
    eventually().untilAsserted(() -> assertThat(outsideByMasters(open).code()).isEqualTo(201));
    noTenantOpensWith(lost, "RuntimeEnforced", "PolicyMissing", "berth-sandbox");
    eventually().untilAsserted(() -> assertThat(outsideByMasters(open).code()).isEqualTo(403));
  }

  /** A new tenant waits and says why, and goes on by itself when the fault is mended. */
  private void noTenantOpensWith(Fault fault, String condition, String reason, String named) {
    String tenant = Stage.tenant("waits");
    eventually().until(() -> !berth.get().equals(whole));
    controlPlane.creates(tenant, Wish.of("starter").owners(tenant + "-team"));

    Message blocked = status.awaitStep(tenant, "blocked", 1);
    assertThat(blocked.text("phase")).isEqualTo("BLOCKED");
    assertThat(blocked.text("reason")).isEqualTo(reason);
    assertThat(blocked.text("message")).contains(named);
    assertThat(blocked.condition(condition).path("status").asText()).isEqualTo("False");
    assertThat(blocked.condition(condition).path("reason").asText()).isEqualTo(reason);
    assertThat(cluster.subjects("tenant-" + tenant, "berth-owner")).isEmpty();
    assertThat(database.phase(tenant)).isEqualTo("BLOCKED");

    fault.mend();

    eventually().until(() -> "READY".equals(database.phase(tenant)));
    status.awaitReady(tenant, 1);
    cluster.awaitOwners(tenant, tenant + "-team");
    status.assertWholeStory(tenant);
  }

  /** A mended policy is in force up to a second later. */
  private void theSandboxHolds() {
    String namespace = "tenant-whole";
    if (!cluster.hasNamespace(namespace)) {
      cluster.creates("/api/v1/namespaces", "{'metadata': {'name': '%s'}}".formatted(namespace));
    }
    eventually()
        .untilAsserted(() ->
            assertThat(ClusterAdmin.tries("system:masters", namespace, "berth-probe").message())
                .contains("berth-sandbox"));
  }

  private static ClusterAdmin.Answer outside(String tenant) {
    return ClusterAdmin.tries(tenant + "-team", "tenant-" + tenant, "berth-probe");
  }

  private static ClusterAdmin.Answer outsideByMasters(String tenant) {
    return ClusterAdmin.tries("system:masters", "tenant-" + tenant, "berth-probe");
  }

  private static void allowEverything(ObjectNode policy) {
    ((ObjectNode) policy.at("/spec/validations/0")).put("expression", "true");
  }

  private static void stopKubelet(ObjectNode node) {
    for (JsonNode condition : node.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        ((ObjectNode) condition).put("status", "False");
      }
    }
  }
}
