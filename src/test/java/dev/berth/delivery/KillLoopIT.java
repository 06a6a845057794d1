package dev.berth.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.delivery.evidence.Arrivals;
import dev.berth.delivery.evidence.Database;
import dev.berth.delivery.evidence.Verification;
import dev.berth.local.process.Progress;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tenants arrive while Berth is killed again and again. {@code -Dberth.seed} repeats a run's
 * arrivals and moments, {@code -Dberth.rounds} makes it longer.
 */
class KillLoopIT {
  private static final long SEED = Long.getLong("berth.seed", 20_261_124);
  private static final int ROUNDS = Integer.getInteger("berth.rounds", 20);
  private static final int TENANTS_PER_ROUND =
      Integer.getInteger("berth.tenants-per-round", Boolean.getBoolean("berth.long") ? 25 : 12);
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(4);

  /**
   * A kept member id, so that a restarted Berth consumes at once and not when the group has missed
   * the killed one; short leases, so that what was left half done is taken up within the loop.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "KAFKA_GROUP_INSTANCE_ID", "berth-1",
          "BERTH_WORK_LEASE", "15s",
          "BERTH_WORK_LEASE_MARGIN", "3s");

  private final Random moments = new Random(SEED);
  private PackagedBerth berth;
  private Database database;

  @BeforeEach
  void partsRun() {
    berth = PackagedBerth.besideNewParts("kill-loop");
    database = new Database(berth.postgres());
  }

  @AfterEach
  void endThem() {
    if (berth != null) {
      berth.close();
    }
  }

  @Test
  void noKillLosesRepeatsOrOpensAnything() throws Exception {
    Arrivals arrivals = new Arrivals(new Random(SEED));
    Replica replica = berth.replica(SETTINGS);
    Set<String> cutOff = new HashSet<>();
    try (Traffic traffic = new Traffic(berth.kafka(), arrivals)) {
      for (int round = 0; round < ROUNDS; round++) {
        traffic.go(TENANTS_PER_ROUND);
        replica.start();
        liveForAWhile(replica);
        replica.kill();
        cutOff.addAll(database.claims());
      }
      traffic.awaitEnd();
    }
    replica.start();

    Verification verification = Verification.onceAtRest(berth, arrivals);
    Progress.toConsole()
        .say(
            "kill loop: seed %d, %d kills, %d claims cut off, %s"
                .formatted(SEED, ROUNDS, cutOff.size(), verification.summary()));
    assertThat(cutOff).as("kills in the middle of work").isNotEmpty();
    verification.check();
  }

  /** A quarter of the kills hits the start, the others the work. */
  private void liveForAWhile(Replica replica) {
    boolean early = moments.nextInt(4) == 0;
    Duration life = LONGEST_LIFE.multipliedBy(moments.nextInt(1_000)).dividedBy(1_000);
    if (!early) {
      replica.awaitReady();
    }
    long end = System.nanoTime() + life.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
