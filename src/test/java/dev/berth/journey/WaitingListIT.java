package dev.berth.journey;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.NodeRoom;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tenants for whose sandboxes the nodes have no room wait in order, and go on by themselves. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class WaitingListIT {

  private static final long MEBI = 1L << 20;

  /** Two sandboxes of plan starter: 256Mi each, and 600Mi of overhead. */
  private static final long STARTER = 2 * (256 + 600) * MEBI;

  /** Two sandboxes of plan team, which has the higher priority. */
  private static final long TEAM = 2 * (512 + 600) * MEBI;

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;
  private final NodeRoom room = new NodeRoom();

  /** Takes so much that everybody would fit without it. */
  private String standing;

  private String first;
  private String second;
  private String preferred;

  @BeforeEach
  void oneOfThreeFindsRoom() {
    standing = Stage.tenant("standing");
    controlPlane.creates(standing, Wish.of("starter").sandboxes(5));
    status.awaitReady(standing, 1);
    room.limitToOnceAllAreSettled(STARTER);
    first = Stage.tenant("first");
    second = Stage.tenant("second");
    preferred = Stage.tenant("preferred");
    controlPlane.creates(first, Wish.of("starter"));
    status.awaitReady(first, 1);
    controlPlane.creates(second, Wish.of("starter"));
    waits(second, "position 1 on the waiting list: 2 sandboxes of plan starter@1");
    controlPlane.creates(preferred, Wish.of("team").sandboxes(2));
    waits(preferred, "position 1 on the waiting list: 2 sandboxes of plan team@2");
  }

  @AfterEach
  void thereIsRoomForAll() {
    cluster.mendEverything();
    for (String tenant : List.of(standing, first, second, preferred)) {
      eventually().until(() -> "READY".equals(database.phase(tenant)));
      status.assertWholeStory(tenant);
      controlPlane.offboards(tenant, 9);
    }
    for (String tenant : List.of(standing, first, second, preferred)) {
      status.awaitStep(tenant, "offboarded", 9);
    }
  }

  @Test
  void newNodesGoToTheTenantOfHigherPriorityAlthoughItCameLater() {
    room.limitTo(TEAM);

    status.awaitReady(preferred, 1);
    assertThat(database.phase(second)).isEqualTo("WAITLISTED");
    assertThat(cluster.hasNamespace("tenant-" + second)).isFalse();
  }

  @Test
  void whatATenantLeavesGoesToTheNextThatFits() {
    room.limitTo(TEAM);
    status.awaitReady(preferred, 1);

    controlPlane.offboards(first, 2);

    status.awaitStep(first, "offboarded", 2);
    status.awaitReady(second, 1);
    controlPlane.creates(first, Wish.of("starter").generation(3));
    waits(first, "position 1");
  }

  @Test
  void anOpenTenantThatAsksForMoreKeepsWhatItHasWhileItWaits() {
    controlPlane.updates(first, Wish.of("starter").generation(2).sandboxes(5));

    Message waiting =
        status.awaitStep(
            first, "the waiting list", step -> step.text("phase").equals("WAITLISTED"));
    assertThat(waiting.number("observedGeneration")).isEqualTo(1);
    assertThat(quota(first, "pods")).isEqualTo("2");
    assertThat(cluster.subjects("tenant-" + first, "berth-owner")).containsExactly("owners");

    cluster.mendEverything();
    status.awaitReady(first, 2);
    assertThat(quota(first, "pods")).isEqualTo("5");
  }

  private void waits(String tenant, String message) {
    Message waiting =
        status.awaitStep(
            tenant, "the waiting list", step -> step.text("phase").equals("WAITLISTED"));
    assertThat(waiting.type()).isEqualTo("waitlisted");
    assertThat(waiting.text("reason")).isEqualTo("NoRoom");
    assertThat(waiting.text("message")).startsWith(message).contains("memory is missing");
    assertThat(waiting.condition("PlacementReady").path("status").asText()).isEqualTo("False");
    assertThat(cluster.hasNamespace("tenant-" + tenant)).isFalse();
  }

  private String quota(String tenant, String key) {
    return cluster
        .get(ClusterAdmin.NAMESPACES + "tenant-" + tenant + "/resourcequotas/berth")
        .path("spec")
        .path("hard")
        .path(key)
        .asText();
  }
}
