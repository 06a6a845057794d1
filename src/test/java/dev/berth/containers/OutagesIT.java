package dev.berth.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.Traffic;
import dev.berth.delivery.evidence.Arrivals;
import dev.berth.delivery.evidence.Verification;
import dev.berth.local.process.Progress;
import dev.berth.local.process.TcpProxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tenants arrive, and meanwhile something goes away and comes back. Berth is never started again;
 * each test judges all tenants that arrived so far.
 */
class OutagesIT {
  private static final int TENANTS = 40;
  private static final Duration OUTAGE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Arrivals ARRIVALS = new Arrivals(new Random(11));
  private static ContainerStage stage;
  private static BerthContainer berth;

  @BeforeAll
  static void oneReplicaRuns() {
    stage = new ContainerStage("outages");
    berth = stage.berth(Map.of("BERTH_WORK_LEASE", "15s", "BERTH_WORK_LEASE_MARGIN", "3s")).start();
    berth.awaitReady();
  }

  @AfterAll
  static void endThem() throws Exception {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  void theDatabaseSyncsWhatItCommits() throws Exception {
    assertThat(setting("fsync")).isEqualTo("on");
    assertThat(setting("synchronous_commit")).isEqualTo("on");
    assertThat(setting("server_version")).as("the oldest that is supported").startsWith("15.");
  }

  @Test
  void nothingIsLostWhenTheDatabaseIsKilled() throws Exception {
    judge(
        "PostgreSQL killed",
        () -> {
          stage.database().kill();
          awaitUnready();
          stage.database().startAgain();
        });
  }

  @Test
  void nothingIsLostWhenTheBrokerIsKilled() throws Exception {
    judge(
        "Kafka killed",
        () -> {
          stage.broker().kill();
          awaitUnready();
          stage.broker().startAgain();
        });
  }

  @Test
  void nothingIsLostWhenTheWireToTheDatabaseIsCut() throws Exception {
    judge("wire to PostgreSQL cut", () -> cut(stage.toDatabase()));
  }

  @Test
  void nothingIsLostWhenTheWireToTheBrokerIsCut() throws Exception {
    judge("wire to Kafka cut", () -> cut(stage.toBroker()));
  }

  @Test
  void nothingIsLostWhenTheWireToTheApiServerIsCut() throws Exception {
    judge("wire to the API server cut", () -> cut(stage.toCluster()));
  }

  private interface Outage {
    void happens() throws Exception;
  }

  /** Half of the tenants have arrived when it begins, the others arrive meanwhile. */
  private static void judge(String what, Outage outage) throws Exception {
    long began = System.nanoTime();
    int before = ARRIVALS.count();
    try (Traffic traffic = new Traffic(stage.kafka(), ARRIVALS)) {
      traffic.go(TENANTS);
      await("some of them have arrived")
          .atMost(PATIENCE)
          .until(() -> ARRIVALS.count() >= before + TENANTS / 2);
      outage.happens();
      traffic.awaitEnd();
    }
    Verification verification = stage.onceAtRest(ARRIVALS);
    berth.awaitReady();
    Progress.toConsole()
        .say(
            "%s: at rest after %d s, %s"
                .formatted(
                    what,
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    verification.summary()));
    verification.check();
  }

  /** Berth says itself that it misses something. */
  private static void awaitUnready() {
    await("Berth is not ready").atMost(PATIENCE).until(() -> !berth.isReady());
  }

  /**
   * For a while nothing arrives and nobody is told; then what stood is broken, and new ones work.
   */
  private static void cut(TcpProxy wire) {
    wire.swallowEverything();
    await("the outage lasts").atMost(PATIENCE).pollDelay(OUTAGE).until(() -> true);
    wire.mend();
  }

  private static String setting(String name) throws Exception {
    try (Connection connection = stage.postgres().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }
}
