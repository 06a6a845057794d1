package dev.berth.journey;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.journey.stage.AuditLog;
import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.ControlPlane.Sent;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Fault;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How tenants end, and how they begin again. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class EndIT {

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;
  private final AuditLog audit = Stage.AUDIT;

  @AfterEach
  void nothingIsHeldUp() {
    cluster.mendEverything();
  }

  @Test
  void offboardedIsSaidWhenNothingIsLeftAndACreatedOnTheWayBeginsANewLife() {
    String tenant = Stage.tenant("leaving");
    String namespace = "tenant-" + tenant;
    controlPlane.creates(tenant, Wish.of("starter"));
    status.awaitReady(tenant, 1);
    String uid = cluster.uid(namespace);
    Fault slow = cluster.holds(namespace);

    controlPlane.offboards(tenant, 2);

    eventually().until(() -> cluster.isTerminating(namespace));
    assertThat(cluster.subjects(namespace, "berth-owner")).isEmpty();
    eventually()
        .untilAsserted(() ->
            assertThat(audit.writesFor(tenant))
                .containsSubsequence(
                    "patch rolebindings berth-owner 200",
                    "patch resourcequotas berth 200",
                    "delete namespaces %s 200".formatted(namespace)));
    controlPlane.creates(tenant, Wish.of("starter").generation(3));
    status.awaitStep(tenant, "accepted", 3);
    assertThat(status.types(tenant)).contains("offboarding-started").doesNotContain("offboarded");
    assertThat(database.phase(tenant)).isEqualTo("DEPROVISIONING");
    assertThat(cluster.uid(namespace)).isEqualTo(uid);

    slow.mend();

    Message ready = status.awaitReady(tenant, 3);
    assertThat(ready.number("incarnation")).isEqualTo(2);
    assertThat(cluster.uid(namespace)).isNotEqualTo(uid);
    assertThat(ready.data().at("/namespaces/0/uid").asText()).isEqualTo(cluster.uid(namespace));
    assertThat(status.types(tenant))
        .containsSubsequence("offboarding-started", "offboarded", "provisioned")
        .containsOnlyOnce("offboarded");
    status.assertWholeStory(tenant);
  }

  @Test
  void afterTheEndOnlyACreatedBeginsAgain() {
    String tenant = Stage.tenant("again");
    String namespace = "tenant-" + tenant;
    controlPlane.creates(tenant, Wish.of("starter"));
    String uid = status.awaitReady(tenant, 1).data().at("/namespaces/0/uid").asText();
    controlPlane.offboards(tenant, 2);
    Message gone = status.awaitStep(tenant, "offboarded", 2);
    assertThat(cluster.hasNamespace(namespace)).isFalse();
    assertThat(gone.text("phase")).isEqualTo("OFFBOARDED");
    assertThat(gone.data().path("namespaces")).isEmpty();

    Sent update = controlPlane.updates(tenant, Wish.of("starter").generation(3));

    // It waits, and this is what it comes to if nothing else does.
    eventually().until(() -> "TenantOffboarded".equals(database.verdict(update)));
    assertThat(database.phase(tenant)).isEqualTo("OFFBOARDED");
    assertThat(cluster.hasNamespace(namespace)).isFalse();

    controlPlane.creates(tenant, Wish.of("starter").generation(4));

    Message ready = status.awaitReady(tenant, 4);
    assertThat(ready.number("incarnation")).isEqualTo(2);
    assertThat(cluster.uid(namespace)).isNotEqualTo(uid);
    assertThat(cluster.subjects(namespace, "berth-owner")).hasSize(1);
    status.assertWholeStory(tenant);
  }

  @Test
  void theOffboardingOfAnUnknownTenantIsRememberedInSilence() {
    String tenant = Stage.tenant("unheard");
    Sent offboarding = controlPlane.offboards(tenant, 5);
    Sent late = controlPlane.creates(tenant, Wish.of("starter").generation(4));
    controlPlane.creates(tenant, Wish.of("starter").generation(6));

    Message ready = status.awaitReady(tenant, 6);

    assertThat(database.verdict(offboarding)).isEqualTo("STALE");
    assertThat(database.verdict(late)).isEqualTo("STALE");
    assertThat(ready.number("incarnation")).isEqualTo(1);
    assertThat(status.types(tenant))
        .containsExactly("accepted", "provisioning-started", "provisioned");
    status.assertWholeStory(tenant);
  }

  @Test
  void anEarlyEndBeforeAnythingStoodComesToItsEnd() {
    String tenant = Stage.tenant("shortlived");
    controlPlane.creates(tenant, Wish.of("nowhere"));
    controlPlane.offboards(tenant, 2);

    Message gone = status.awaitStep(tenant, "offboarded", 2);

    assertThat(gone.text("phase")).isEqualTo("OFFBOARDED");
    assertThat(cluster.hasNamespace("tenant-" + tenant)).isFalse();
    assertThat(audit.writesFor(tenant)).isEmpty();
    status.assertWholeStory(tenant);
  }

  /** G3: whatever a tenant writes into its objects, its events stay small and others' go on. */
  @Test
  void aPodWithThousandsOfFinalizersHoldsUpNobody() {
    String tenant = Stage.tenant("stuffed");
    String namespace = "tenant-" + tenant;
    controlPlane.creates(tenant, Wish.of("starter"));
    status.awaitReady(tenant, 1);
    String pods = ClusterAdmin.NAMESPACES + namespace + "/pods";
    String finalizers =
        IntStream.range(0, 5200)
            .mapToObj(
                i -> "'%s.example.com/f%d'".formatted("x".repeat(63) + "." + "y".repeat(60), i))
            .collect(Collectors.joining(",", "'finalizers': [", "],"));
    cluster.creates(
        pods,
        ClusterAdmin.pod("stuffed", "kata-vm-isolation")
            .replace("{'metadata': {", "{'metadata': {" + finalizers));

    controlPlane.offboards(tenant, 2);

    eventually().until(() -> database.conditions(tenant).contains("has 5200 finalizers"));
    controlPlane.creates(tenant, Wish.of("starter").generation(3));
    Message accepted = status.awaitStep(tenant, "accepted", 3);
    assertThat(accepted.data().toString()).contains("has 5200 finalizers").hasSizeLessThan(20_000);
    String other = Stage.tenant("other");
    controlPlane.creates(other, Wish.of("starter"));
    status.awaitReady(other, 1);

    cluster.changes(pods + "/stuffed", pod -> pod.withObject("/metadata").remove("finalizers"));

    status.awaitReady(tenant, 3);
    status.assertWholeStory(tenant);
    status.assertWholeStory(other);
  }

  /** R8: each of them goes only if the controller of its kind lets it. */
  @Test
  void aTenantWithAClaimThatAPodUsesAServiceAndABudgetGoesToTheEnd() {
    String tenant = Stage.tenant("storing");
    String namespace = "tenant-" + tenant;
    controlPlane.creates(tenant, Wish.of("starter"));
    status.awaitReady(tenant, 1);
    String objects = ClusterAdmin.NAMESPACES + namespace;
    String claim = objects + "/persistentvolumeclaims";
    createClaimInUse(objects);
    cluster.creates(
        objects + "/services",
        "{'metadata': {'name': 'web'}, 'spec': {'selector': {'app': 'web'}, 'ports': [{'port': 80}]}}");
    cluster.creates(
        "/apis/policy/v1/namespaces/" + namespace + "/poddisruptionbudgets",
        "{'metadata': {'name': 'web'}, 'spec': {'maxUnavailable': 0, 'selector': {'matchLabels': {'app': 'web'}}}}");
    assertThat(cluster.get(claim + "/data").at("/metadata/finalizers").toString())
        .contains("kubernetes.io/pvc-protection");

    controlPlane.offboards(tenant, 2);

    eventually()
        .until(() ->
            database
                .conditions(tenant)
                .replace("\\", "")
                .contains("pod user has the finalizers [\"example.com/unmount\"]"));
    assertThat(cluster.find(claim + "/data")).as("while it is used").isPresent();
    cluster.changes(
        objects + "/pods/user", pod -> pod.withObject("/metadata").remove("finalizers"));

    status.awaitStep(tenant, "offboarded", 2);
    assertThat(cluster.hasNamespace(namespace)).isFalse();
    status.assertWholeStory(tenant);
  }

  /** By a pod that goes only when somebody says so. */
  private void createClaimInUse(String objects) {
    cluster.creates(
        objects + "/persistentvolumeclaims",
        """
        {'metadata': {'name': 'data'}, 'spec': {'accessModes': ['ReadWriteOnce'],
         'resources': {'requests': {'storage': '1Gi'}}}}\
        """);
    cluster.creates(
        objects + "/pods",
        ClusterAdmin.pod("user", "kata-vm-isolation")
            .replace("{'metadata': {", "{'metadata': {'finalizers': ['example.com/unmount'], ")
            .replace(
                "'containers'",
                "'volumes': [{'name': 'v', 'persistentVolumeClaim': {'claimName': 'data'}}], 'containers'"));
  }
}
