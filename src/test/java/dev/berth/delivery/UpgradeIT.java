package dev.berth.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.evidence.Arrivals;
import dev.berth.delivery.evidence.StatusTopic;
import dev.berth.delivery.evidence.Verification;
import dev.berth.local.cluster.LocalCluster;
import dev.berth.local.process.Progress;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import dev.berth.local.tool.PreviousRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The release before this one and this one on one database, Kafka and cluster, in the order that
 * docs/operate.md gives for an upgrade and for a rollback, while tenants go on arriving.
 */
class UpgradeIT {
  private static final long SEED = Long.getLong("berth.seed", 20_261_130);
  private static final int TENANTS_DURING_A_START = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Known to both releases; no report while the topics are read. */
  private static final Map<String, String> SETTINGS = Map.of("BERTH_ISOLATION_AFTER", "1h");

  /**
   * What docs/operate.md gives a version without node pools for a rollback; later ones have it
   * built in.
   */
  private static final Map<String, String> TAKES_A_NEWER_SCHEMA =
      Map.of("QUARKUS_FLYWAY_IGNORE_MIGRATION_PATTERNS", "*:future");

  private final Arrivals arrivals = new Arrivals(new Random(SEED));

  private PreviousRelease before;
  private PackagedBerth berth;

  @BeforeEach
  void partsRun() {
    before = PreviousRelease.built();
    berth = PackagedBerth.besideNewParts("upgrade", before.manifests());
  }

  @AfterEach
  void endThem() {
    if (berth != null) {
      berth.close();
    }
  }

  @Test
  void anUpgradeAndItsRollbackLoseNothingRepeatNothingAndCloseNobody() throws Exception {
    try (Traffic traffic = new Traffic(berth.kafka(), arrivals)) {
      Replica firstOld = ready(before.jar());
      Replica secondOld = ready(before.jar());
      tenantsArriveUntilItWorks(firstOld, traffic);
      tenantsArriveUntilItWorks(secondOld, traffic);

      // Upgrade: roles, jars one by one, policies.
      berth.cluster().apply(LocalCluster.manifests(), "base");
      traffic.go(TENANTS_DURING_A_START);
      Replica firstNew = ready(Replica.JAR);
      tenantsArriveUntilItWorks(firstNew, traffic);
      tenantsArriveUntilItWorks(firstOld, traffic);
      firstOld.close();
      traffic.go(TENANTS_DURING_A_START);
      Replica secondNew = ready(Replica.JAR);
      secondOld.close();
      berth.cluster().apply(LocalCluster.manifests(), "policies");
      tenantsArriveUntilItWorks(secondNew, traffic);

      // Rollback: policies, jars.
      berth.cluster().apply(before.manifests(), "policies");
      firstNew.close();
      traffic.go(TENANTS_DURING_A_START);
      Replica oldAgain = ready(before.jar(), TAKES_A_NEWER_SCHEMA);
      secondNew.close();
      tenantsArriveUntilItWorks(oldAgain, traffic);
      traffic.awaitEnd();
    }

    Verification verification = Verification.onceAtRest(berth, arrivals);
    Progress.toConsole().say("upgrade: seed %d, %s".formatted(SEED, verification.summary()));
    verification.check();
    assertThat(StatusTopic.read(berth.kafka(), "tenant.lifecycle").all("degraded"))
        .as("tenants that lost something")
        .isEmpty();
  }

  private Replica ready(Path jar) {
    return ready(jar, Map.of());
  }

  private Replica ready(Path jar, Map<String, String> further) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.putAll(further);
    Replica replica = berth.replica(jar, settings);
    replica.start();
    replica.awaitReady();
    return replica;
  }

  /** However the replicas share the work, each gets some in the end. */
  private static void tenantsArriveUntilItWorks(Replica replica, Traffic traffic) {
    long before = stepsOf(replica);
    await("work of " + replica)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> {
          traffic.go(1);
          return stepsOf(replica) > before;
        });
  }

  /** Each is a line of the log; accepting is no work on a tenant yet. */
  private static long stepsOf(Replica replica) {
    return replica
        .log()
        .lines()
        .filter(line -> line.contains(" step=") && !line.contains(" step=ACCEPTED"))
        .count();
  }
}
