package dev.berth.journey;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Fault;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plan drops a namespace, and a later plan wants it again before it is gone. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class DroppedNamespaceIT {

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;

  @AfterEach
  void nothingIsHeldUp() {
    cluster.mendEverything();
  }

  @Test
  void aNamespaceThatBerthItselfDeletesIsMadeAnewAndNotTakenForLost() {
    String tenant = Stage.tenant("back-and-forth");
    String jobs = "tenant-" + tenant + "--jobs";
    controlPlane.creates(tenant, Wish.of("team").owners("team"));
    status.awaitReady(tenant, 1);
    String before = cluster.uid(jobs);
    Fault held = cluster.holds(jobs);
    controlPlane.updates(tenant, Wish.of("starter").generation(2).owners("team"));
    eventually().until(() -> cluster.isTerminating(jobs));

    controlPlane.updates(tenant, Wish.of("team").generation(3).owners("team"));
    status.awaitStep(tenant, "accepted", 3);
    assertThat(cluster.subjects(jobs, "berth-owner")).isEmpty();
    held.mend();

    status.awaitReady(tenant, 3);
    assertThat(cluster.uid(jobs)).isNotEqualTo(before);
    assertThat(cluster.subjects(jobs, "berth-owner")).containsExactly("team");
    assertThat(status.types(tenant)).doesNotContain("blocked", "degraded");
    status.assertWholeStory(tenant);
  }
}
