package dev.berth.journey.guarantee;

import static dev.berth.journey.stage.Stage.eventually;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** G6: pods that were admitted under weaker rules do not run on under stricter ones. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class EvictionIT {

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;

  @BeforeAll
  static void weakerPlans() {
    PlanFolder.release(
        "without-sandbox",
        "starter",
        plan -> plan.replace("isolation: sandboxed", "isolation: shared"));
    PlanFolder.release(
        "relaxed",
        "starter",
        plan -> plan.replace("podSecurity: restricted", "podSecurity: baseline"));
  }

  @Test
  void aPodWithoutASandboxHoldsUpItsTenantUntilItIsGone() {
    String tenant = open("without-sandbox");
    String pod = pod(tenant, "");
    // Somebody's scheduler gave it a node, whose kubelet is silent here.
    cluster.creates(
        pod + "/binding",
        "{'metadata': {'name': 'old'}, 'target': {'kind': 'Node', 'name': 'aks-kata-00000001-vmss000000'}}");

    controlPlane.updates(tenant, Wish.of("starter").generation(2).owners("team"));

    eventually().until(() -> cluster.get(pod).at("/metadata").has("deletionTimestamp"));
    eventually().until(() -> "UPDATING".equals(database.phase(tenant)));
    cluster.ends(pod);
    Message ready = status.awaitReady(tenant, 2);
    assertThat(ready.condition("RuntimeEnforced").path("status").asText()).isEqualTo("True");
    assertThat(cluster.subjects("tenant-" + tenant, "berth-owner")).containsExactly("team");
  }

  @Test
  void aPodOfAWeakerPodSecurityIsEndedAndWhatComesInItsPlaceStays() {
    String tenant = open("relaxed");
    String pod = pod(tenant, "kata-vm-isolation");

    controlPlane.updates(tenant, Wish.of("starter").generation(2).owners("team"));

    status.awaitReady(tenant, 2);
    assertThat(cluster.find(pod)).isEmpty();
    String next = pod(tenant, "kata-vm-isolation");
    controlPlane.updates(tenant, Wish.of("starter").generation(3).owners("team").viewers("others"));
    status.awaitReady(tenant, 3);
    assertThat(cluster.get(next).at("/metadata").has("deletionTimestamp")).isFalse();
  }

  private String open(String plan) {
    String tenant = Stage.tenant("evicted");
    controlPlane.creates(tenant, Wish.of(plan).owners("team"));
    status.awaitReady(tenant, 1);
    return tenant;
  }

  private String pod(String tenant, String runtimeClass) {
    String pods = ClusterAdmin.NAMESPACES + "tenant-" + tenant + "/pods";
    String pod = ClusterAdmin.pod("old", runtimeClass);
    cluster.creates(
        pods, runtimeClass.isEmpty() ? pod.replace("'runtimeClassName': '',", "") : pod);
    return pods + "/old";
  }
}
