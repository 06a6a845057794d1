package dev.berth.delivery.disorder;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.Traffic;
import dev.berth.delivery.evidence.Database;
import dev.berth.local.cluster.LocalCluster;
import dev.berth.local.process.Progress;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import dev.berth.local.tool.PreviousRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Events of all kinds come shuffled, repeated and from producers with three partitioners while two
 * replicas are upgraded, and every tenant ends as docs/contract.md says. {@code -Dberth.seed}
 * repeats a day, {@code -Dberth.day=60} makes it shorter.
 */
@EnabledIfSystemProperty(named = "berth.long", matches = "true")
class DisorderIT {
  private static final long SEED = Long.getLong("berth.seed", 20_261_130);
  private static final int TENANTS = Integer.getInteger("berth.day", 500);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Known to both releases; no report while the topics are read. */
  private static final Map<String, String> SETTINGS = Map.of("BERTH_ISOLATION_AFTER", "1h");

  private final Day day = new Day(SEED, TENANTS);

  /** Tenants on whom somebody worked when a replica of the release before ended. */
  private final Set<String> cutOff = new HashSet<>();

  private PreviousRelease before;
  private PackagedBerth berth;
  private Database database;

  @BeforeEach
  void partsRun() {
    before = PreviousRelease.built();
    berth = PackagedBerth.besideNewParts("disorder", before.manifests());
    database = new Database(berth.postgres());
  }

  @AfterEach
  void endThem() {
    if (berth != null) {
      berth.close();
    }
  }

  @Test
  void whateverTheOrderEveryTenantEndsAsTheContractSays() throws Exception {
    int part = day.times() / 5;
    Replica firstOld = ready(before.jar());
    Replica secondOld = ready(before.jar());
    Replica firstNew;
    Replica secondNew;
    Set<String> overtaken;
    try (Traffic traffic = new Traffic(berth.kafka(), day::send)) {
      traffic.go(2 * part);
      berth.cluster().apply(LocalCluster.manifests(), "base");
      firstNew = ready(Replica.JAR);
      traffic.go(part);
      cutOff(firstOld);
      secondNew = ready(Replica.JAR);
      traffic.go(part);
      cutOff(secondOld);
      overtaken = rejectedSnapshots();
      berth.cluster().apply(LocalCluster.manifests(), "policies");
      traffic.go(day.times() - 4 * part);
      traffic.awaitEnd();
    }
    awaitRest();

    long waited = early("PARKED", firstNew, secondNew);
    Progress.toConsole().say(summary(waited, overtaken.size()));
    assertThat(early("REJECTED", firstNew, secondNew)).as("rejected by this release").isZero();
    assertThat(waited).as("early updates that waited").isPositive();
    Evening.of(berth, firstNew).check(day, overtaken, cutOff);
  }

  private Replica ready(Path jar) {
    Replica replica = berth.replica(jar, SETTINGS);
    replica.start();
    replica.awaitReady();
    return replica;
  }

  /** The release before does not finish what it works on. */
  private void cutOff(Replica old) {
    old.close();
    database.claims().forEach(claim -> cutOff.add(claim.split(" ")[0]));
  }

  /** The release before lets no update wait for its created. */
  private Set<String> rejectedSnapshots() {
    Map<String, String> verdicts = database.verdicts();
    return day.events().stream()
        .filter(it -> Reading.of(it) == Reading.SNAPSHOT)
        .filter(it -> "REJECTED".equals(verdicts.get(it.id())))
        .map(it -> it.id())
        .collect(toSet());
  }

  private static long early(String verdict, Replica... replicas) {
    String labels =
        "reason=\"TenantOffboarded\",topic=\"tenant.events\",verdict=\"%s\"".formatted(verdict);
    return Stream.of(replicas).mapToLong(it -> it.counted("berth_records_total", labels)).sum();
  }

  private void awaitRest() {
    List<String> taken =
        day.events().stream()
            .filter(it -> Reading.of(it) != Reading.REFUSED)
            .map(it -> it.id())
            .toList();
    await("every tenant comes to rest")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> {
          assertThat(database.verdicts().values()).hasSize(taken.size()).doesNotContainNull();
          assertThat(database.notIn("READY", "OFFBOARDED", "REJECTED")).isEmpty();
          assertThat(database.unpublished()).isZero();
          assertThat(Backlog.of(berth.kafka())).isZero();
        });
  }

  private String summary(long waited, int overtaken) {
    return "disorder: seed %d, %d tenants, %d events in %d records; of early updates %d waited, and the release before rejected %d"
        .formatted(SEED, TENANTS, day.events().size(), day.records(), waited, overtaken);
  }
}
