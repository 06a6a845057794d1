package dev.berth.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.delivery.Traffic;
import dev.berth.delivery.evidence.Arrivals;
import dev.berth.delivery.evidence.Verification;
import dev.berth.local.process.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas are replaced one by one, as a Deployment does it, and tenants go on arriving. */
class RollingUpdateIT {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Map<String, String> SETTINGS =
      Map.of("BERTH_WORK_LEASE", LEASE.toSeconds() + "s", "BERTH_WORK_LEASE_MARGIN", "3s");
  private static final int TENANTS_BEFORE = 30;
  private static final int TENANTS_DURING_A_START = 40;
  private static final int TENANTS_DURING_AN_END = 30;

  private ContainerStage stage;

  @BeforeEach
  void partsRun() {
    stage = new ContainerStage("rolling-update");
  }

  @AfterEach
  void endThem() throws Exception {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  void nothingIsDoneTwiceAndNobodyIsLateByMoreThanALease() throws Exception {
    Arrivals arrivals = new Arrivals(new Random(5));
    List<BerthContainer> replicas = new ArrayList<>();
    replicas.add(stage.berth(SETTINGS).start().awaitReady());
    replicas.add(stage.berth(SETTINGS).start().awaitReady());
    stage.sendAtOnce(arrivals, TENANTS_BEFORE);
    Duration usual = stage.onceAtRest(arrivals).longestWait();

    try (Traffic traffic = new Traffic(stage.kafka(), arrivals)) {
      for (BerthContainer old : replicas) {
        BerthContainer next = stage.berth(SETTINGS).start();
        traffic.go(TENANTS_DURING_A_START);
        next.awaitReady();
        traffic.go(TENANTS_DURING_AN_END);
        assertThat(old.end()).as("ended in its grace time").isEqualTo(128 + 15);
      }
      traffic.awaitEnd();
    }

    Verification verification = stage.onceAtRest(arrivals);
    Progress.toConsole()
        .say(
            "rolling update: longest wait %d ms, before it %d ms; %s"
                .formatted(
                    verification.longestWait().toMillis(),
                    usual.toMillis(),
                    verification.summary()));
    verification.check();
    verification.checkNoCreationWasAskedForTwice();
    assertThat(verification.longestWait()).isLessThan(usual.plus(LEASE));
  }
}
