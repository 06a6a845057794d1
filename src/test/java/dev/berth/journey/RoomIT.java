package dev.berth.journey;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.NodeRoom;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.PlanFolder;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Room is given to others once it is free, and not held up by whom it will never be enough for. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class RoomIT {

  /** A sandbox of plan starter: 256Mi, and 600Mi of overhead. */
  private static final long ONE = 856L << 20;

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;
  private final NodeRoom room = new NodeRoom();
  private final String one = Stage.tenant("one");
  private final String other = Stage.tenant("other");

  @AfterEach
  void nobodyTakesRoom() {
    cluster.mendEverything();
    for (String tenant : List.of(one, other)) {
      eventually().until(() -> "READY".equals(database.phase(tenant)));
      controlPlane.offboards(tenant, 9);
    }
    for (String tenant : List.of(one, other)) {
      status.awaitStep(tenant, "offboarded", 9);
      status.assertWholeStory(tenant);
    }
  }

  /** L1: what runs counts until it is gone, whatever is granted. */
  @Test
  void whatRunsBeyondALowerGrantIsNobodyElses() {
    controlPlane.creates(one, Wish.of("starter").sandboxes(4));
    status.awaitReady(one, 1);
    List<String> pods =
        IntStream.range(0, 4)
            .mapToObj(i -> ClusterAdmin.NAMESPACES + "tenant-" + one + "/pods/p" + i)
            .toList();
    pods.forEach(this::starts);
    room.limitToOnceAllAreSettled(0);

    controlPlane.updates(one, Wish.of("starter").generation(2).sandboxes(1));
    Message lowered =
        status.awaitStep(
            one,
            "more than its grant",
            step ->
                step.number("observedGeneration") == 2
                    && step.condition("PlacementReady")
                        .path("reason")
                        .asText()
                        .equals("OverGrant"));
    controlPlane.creates(other, Wish.of("starter").sandboxes(3));

    assertThat(lowered.text("phase")).isEqualTo("READY");
    assertThat(lowered.text("message")).contains("its pods take 3424Mi memory");
    Message waits = status.awaitStep(other, "waitlisted", 1);
    assertThat(waits.text("message")).contains("others take", "so 2568Mi memory is missing");

    pods.subList(0, 3).forEach(cluster::ends);

    status.awaitReady(other, 1);
    Message within =
        status.awaitStep(
            one,
            "its grant",
            step ->
                step.number("sequence") > lowered.number("sequence")
                    && step.condition("PlacementReady").path("reason").asText().equals("Placed"));
    assertThat(within.text("phase")).isEqualTo("READY");
    cluster.ends(pods.getLast());
  }

  /** L2: nor is the line held up. */
  @Test
  void whoWouldNeverFitIsToldAndTheOthersGoOn() {
    room.limitToOnceAllAreSettled(2 * ONE);
    PlanFolder.release("crowd", "team", plan -> plan.replace("max: 100}", "max: 10000}"));
    controlPlane.creates(one, Wish.of("crowd").sandboxes(10_000));

    Message blocked =
        status.awaitStep(
            one, "too small a pool", step -> "PoolTooSmall".equals(step.text("reason")));
    assertThat(blocked.type()).isEqualTo("blocked");
    assertThat(blocked.text("message")).contains("memory is missing");
    controlPlane.creates(other, Wish.of("starter").sandboxes(2));
    status.awaitReady(other, 1);

    cluster.mendEverything();

    status.awaitReady(one, 1);
  }

  private void starts(String pod) {
    String pods = pod.substring(0, pod.lastIndexOf('/'));
    cluster.creates(pods, ClusterAdmin.pod(pod.substring(pods.length() + 1), "kata-vm-isolation"));
  }
}
