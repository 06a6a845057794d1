package dev.berth.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.evidence.Arrivals;
import dev.berth.delivery.evidence.Database;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import dev.berth.settings.DocumentedSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the packaged jar starts, and how it refuses to. */
class StartIT {

  private static PackagedBerth berth;

  /** That nobody asks, as no plan names a node pool. */
  private static final Map<String, String> A_MANAGED_CLUSTER =
      Map.of(
          "BERTH_AZURE_SUBSCRIPTION", "00000000-0000-0000-0000-000000000001",
          "BERTH_AZURE_RESOURCE_GROUP", "berth",
          "BERTH_AZURE_CLUSTER_NAME", "local",
          "BERTH_AZURE_ENDPOINT", "http://127.0.0.1:1");

  @BeforeAll
  static void partsRun() {
    berth = PackagedBerth.besideNewParts("start");
  }

  @AfterAll
  static void endThem() {
    if (berth != null) {
      berth.close();
    }
  }

  /** G15. */
  @Test
  void settingsOutOfBoundsEndTheStartAllAtOnce() {
    String last =
        lastWords(
            Map.of(
                "BERTH_RELAY_BATCH", "0",
                "BERTH_WORK_TENANTS_IN_FLIGHT", "0",
                "BERTH_STORE_INBOX_AGE", "-1d",
                "BERTH_WORK_LEASE", "1s",
                "BERTH_CAPACITY_OVERCOMMIT", "Infinity"));

    assertThat(last)
        .contains(
            "berth.relay.batch is '0': it may be 1 to 10000",
            "berth.work.tenants-in-flight is '0'",
            "berth.store.inbox-age is '-1d'",
            "berth.work.lease is '1s'",
            "berth.capacity.overcommit is 'Infinity'")
        .doesNotContain("\tat ");
  }

  @Test
  void namesThatAreNoSettingEndTheStartAllAtOnce() {
    String last =
        lastWords(
            Map.of(
                "BERTH_RELAY_BATHC", "10",
                "QUARKUS_CONFIG_LOCATIONS", "/etc/berht/berth.properties",
                "BERTH_WORK_LEASE", "1s",
                "JDK_JAVA_OPTIONS", "-Dberth.work.lease-margni=2s -Dberth.topics.stat=a"));

    assertThat(last)
        .contains(
            "QUARKUS_CONFIG_LOCATIONS names /etc/berht/berth.properties, which is not there:"
                + " correct the path, or mount the file",
            "BERTH_RELAY_BATHC is not a setting of Berth: did you mean BERTH_RELAY_BATCH?",
            "berth.work.lease-margni is not a setting of Berth: did you mean"
                + " berth.work.lease-margin?",
            "berth.topics.stat is not a setting of Berth: did you mean berth.topics.state?",
            "berth.work.lease is '1s'")
        .doesNotContain("\tat ");
  }

  /** Also where it cannot even be read. */
  @Test
  void valuesOfAnotherKindEndTheStartAllAtOnce() {
    String last = lastWords(Map.of("BERTH_RELAY_BATCH", "many", "BERTH_WORK_LEASE", "long"));

    assertThat(last)
        .contains("berth.relay.batch", "many", "berth.work.lease", "long")
        .doesNotContain("\tat ");
  }

  /**
   * G15, R1: every default given by hand, then every other word that is documented with the least
   * of everything else, then the most of everything.
   */
  @Test
  void everyDocumentedValueStarts() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    Map<String, String> words = new TreeMap<>(A_MANAGED_CLUSTER);
    Map<String, String> most = new TreeMap<>();
    for (DocumentedSettings.Row row : DocumentedSettings.read()) {
      String variable = DocumentedSettings.variable(row.key());
      row.defaultValue().ifPresent(value -> settings.put(variable, value));
      row.least().ifPresent(value -> words.put(variable, value));
      row.words().forEach(word -> words.put(variable, word));
      row.most().ifPresent(value -> most.put(variable, value));
    }
    List.of(settings, words, most)
        .forEach(each -> each.put("BERTH_API_AUTH", "none")); // oidc needs an issuer
    assertThat(words)
        .containsEntry("BERTH_WORK_SWEEP", "off")
        .containsEntry("BERTH_WORK_POLL", "10ms")
        .containsEntry("BERTH_AZURE_MODE", "ensure");
    assertThat(most).containsEntry("BERTH_WORK_SWEEP", "7d").hasSizeGreaterThan(25);

    Path classes = Path.of(System.getProperty("basedir", ""), "target", "start-classes.log");
    settings.put("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes.toAbsolutePath());
    starts(settings);
    starts(words);
    starts(most);
    assertNothingOfWhatIsOffIsIn(classes);
  }

  /** The mode is off by default, and no collector of spans is named. */
  private static void assertNothingOfWhatIsOffIsIn(Path classes) throws IOException {
    assertThat(Files.readAllLines(classes))
        .anyMatch(line -> line.contains(" dev.berth.provisioning.pools.PoolWorker source:"))
        .noneMatch(line ->
            line.matches(
                ".* (com\\.azure|com\\.microsoft\\.aad|reactor|io\\.opentelemetry\\.(sdk|exporter))\\..*"));
  }

  /** G17: the port is taken, events wait; another one would serve them. */
  @Test
  void aReplicaWhosePortIsTakenTakesNothingInHand() throws Exception {
    Database database = new Database(berth.postgres());
    Arrivals arrivals = new Arrivals(new Random(17));
    try (ControlPlane controlPlane = new ControlPlane(berth.kafka());
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      arrivals.next().forEach(controlPlane::send);
      controlPlane.flush();
      int before = database.verdicts().size();

      String last = lastWords(Map.of("QUARKUS_HTTP_PORT", Integer.toString(taken.getLocalPort())));

      assertThat(last).contains("ort").contains(Integer.toString(taken.getLocalPort()));
      assertThat(database.verdicts()).hasSize(before);
    }
    Replica next = berth.replica(Map.of());
    next.start();
    await().atMost(Duration.ofMinutes(4)).until(() -> !database.verdicts().isEmpty());
    next.close();
  }

  /** G17. */
  @Test
  void aDatabaseOfAnotherClusterEndsTheStart() {
    starts(Map.of());
    assertThat(lastWords(Map.of("BERTH_CLUSTER", "another")))
        .contains("This database belongs to the Berth for cluster 'local'", "'another'");
  }

  private static void starts(Map<String, String> settings) {
    Replica replica = berth.replica(settings);
    replica.start();
    replica.awaitReady();
    replica.close();
  }

  private static String lastWords(Map<String, String> settings) {
    Replica replica = berth.replica(settings);
    replica.start();
    String words = replica.awaitEnd();
    replica.close();
    return words;
  }
}
