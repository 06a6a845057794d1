package dev.berth.delivery;

import static org.awaitility.Awaitility.await;

import dev.berth.delivery.evidence.Arrivals;
import dev.berth.delivery.evidence.Database;
import dev.berth.delivery.evidence.Verification;
import dev.berth.local.process.Progress;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A replica that stands still in the middle of its work wakes to a world that went on without it.
 */
class FrozenReplicaIT {
  private static final int TENANTS = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int TENANTS_AFTERWARDS = 10;
  private static final int CLAIMS = 5;
  private static final int LOOKS = 200;

  /** Short, so that the other one takes over soon; and no report while the topics are read. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "BERTH_ISOLATION_AFTER", "1h",
          "BERTH_WORK_LEASE", "6s",
          "BERTH_WORK_LEASE_MARGIN", "2s",
          "BERTH_STORE_RELAY_IDLE_TIMEOUT", "3s");

  private PackagedBerth berth;

  @BeforeEach
  void partsRun() {
    berth = PackagedBerth.besideNewParts("frozen-replica");
  }

  @AfterEach
  void endThem() {
    if (berth != null) {
      berth.close();
    }
  }

  @Test
  void whatItHeldIsTakenOverAndItChangesNothingWhenItWakes() throws Exception {
    Arrivals arrivals = new Arrivals(new Random(7));
    Database database = new Database(berth.postgres());
    Replica sleeper = berth.replica(SETTINGS);
    Replica other = berth.replica(SETTINGS);

    // Given
    sleeper.start();
    sleeper.awaitReady();
    Set<String> held =
        await("it is frozen in the middle of work")
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .until(() -> frozen(sleeper, arrivals, database), claims -> claims.size() >= CLAIMS);

    // When
    other.start();
    Verification.onceAtRest(berth, arrivals).check();
    sleeper.thaw();
    send(arrivals, TENANTS_AFTERWARDS);
    sleeper.awaitReady();

    // Then
    Verification verification = Verification.onceAtRest(berth, arrivals);
    Progress.toConsole()
        .say("frozen replica: %d claims held, %s".formatted(held.size(), verification.summary()));
    verification.check();
  }

  /**
   * What is under way is over in a moment. So it is frozen when some of it is seen, or was missed,
   * and what it holds is looked at once nothing moves any more.
   */
  private Set<String> frozen(Replica sleeper, Arrivals arrivals, Database database)
      throws Exception {
    sleeper.thaw();
    send(arrivals, TENANTS);
    Set<String> claims = database.claims();
    for (int look = 1; claims.size() < CLAIMS && look < LOOKS; look++) {
      claims = database.claims();
    }
    sleeper.freeze();
    return database.claims();
  }

  private void send(Arrivals arrivals, int tenants) throws Exception {
    try (ControlPlane controlPlane = new ControlPlane(berth.kafka())) {
      for (int sent = 0; sent < tenants; sent++) {
        arrivals.next().forEach(controlPlane::send);
      }
      controlPlane.flush();
    }
  }
}
