package dev.berth.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.evidence.AuditLog;
import dev.berth.delivery.evidence.Database;
import dev.berth.delivery.evidence.StatusHistory;
import dev.berth.delivery.evidence.StatusTopic;
import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.local.process.Texts;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLState;

/**
 * The database is set back to a backup, in the steps of docs/operate.md and with the SQL there,
 * while Kafka and the cluster have gone on.
 */
class RestoreIT {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "")).resolve("docs/operate.md");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int PARTITIONS = 6;

  /** No report while the topics are read; who is blocked is looked at again soon. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "BERTH_ISOLATION_AFTER", "1h",
          "BERTH_WORK_BLOCKED_RECHECK", "2s",
          "BERTH_WORK_SWEEP", "off");

  private PackagedBerth berth;
  private Database database;
  private Replica replica;

  @BeforeEach
  void oneReplicaRuns() {
    berth = PackagedBerth.besideNewParts("restore");
    database = new Database(berth.postgres());
    replica = berth.replica(SETTINGS);
    replica.start();
    replica.awaitReady();
  }

  @AfterEach
  void endThem() {
    if (berth != null) {
      berth.close();
    }
  }

  @Test
  void anOlderDatabaseCatchesUpOpensNobodyWronglyAndRepeatsNoNumber() throws Exception {
    fourTenantsAreBackedUp();
    whatTheBackupKnowsNothingOf();
    long accessOfThoseWhoLeft = mentions("changed-viewers-1");
    StatusHistory before = StatusTopic.read(berth.kafka(), "tenant.lifecycle");

    replica.close();
    elsewhere("DROP DATABASE berth", "CREATE DATABASE berth TEMPLATE backup");
    inTheDatabase(numbersGoOn());
    readEventsAgain();
    replica.start();
    awaitStates(
        Map.of(
            "same", "READY 1",
            "changed", "READY 2",
            "gone", "OFFBOARDED 2",
            "returned", "BLOCKED 3",
            "new", "BLOCKED 1"));
    removeByBreakGlass("tenant-new", "tenant-returned");
    awaitStates(Map.of("new", "READY 1", "returned", "READY 3"));

    nothingIsRepeated(before, accessOfThoseWhoLeft);
  }

  private void fourTenantsAreBackedUp() throws Exception {
    send(
        TenantEvent.created("same", "starter", 1),
        TenantEvent.created("changed", "starter", 1),
        TenantEvent.created("gone", "starter", 1),
        TenantEvent.created("returned", "starter", 1));
    awaitStates(
        Map.of("same", "READY 1", "changed", "READY 1", "gone", "READY 1", "returned", "READY 1"));
    replica.close();
    elsewhere("CREATE DATABASE backup TEMPLATE berth");
    replica.start();
  }

  private void whatTheBackupKnowsNothingOf() throws Exception {
    send(
        TenantEvent.updated("changed", "starter", 2),
        TenantEvent.offboardingRequested("gone", 2),
        TenantEvent.offboardingRequested("returned", 2),
        TenantEvent.created("new", "starter", 1));
    awaitStates(
        Map.of(
            "changed", "READY 2",
            "gone", "OFFBOARDED 2",
            "returned", "OFFBOARDED 2",
            "new", "READY 1"));
    send(TenantEvent.created("returned", "starter", 3));
    awaitStates(Map.of("returned", "READY 3"));
  }

  private void nothingIsRepeated(StatusHistory before, long accessOfThoseWhoLeft) throws Exception {
    assertThat(mentions("changed-viewers-1"))
        .as("access given to who left since the backup")
        .isEqualTo(accessOfThoseWhoLeft);
    AuditLog audit = AuditLog.of(berth.cluster());
    assertThat(audit.lives("tenant-same")).hasSize(1);
    assertThat(audit.lives("tenant-changed")).hasSize(1);
    assertThat(audit.lives("tenant-gone")).hasSize(1);
    assertThat(audit.lives("tenant-new")).hasSize(2);
    assertThat(audit.lives("tenant-returned")).hasSize(3);
    StatusHistory after = StatusTopic.read(berth.kafka(), "tenant.lifecycle");
    for (String known : new String[] {"same", "changed", "gone", "returned"}) {
      assertThat(after.sequences(known))
          .as("sequences of %s", known)
          .isSorted()
          .doesNotHaveDuplicates();
    }
    assertThat(after.steps("same")).as("nothing happened to it").isEqualTo(before.steps("same"));
    assertThat(after.sequences("new")).as("begins anew").containsSubsequence(2L, 1L);
  }

  /** The statements of the page. */
  private static String numbersGoOn() {
    Matcher block =
        Pattern.compile("(?s)```sql\\s+(UPDATE tenant SET status_seq .*?)```")
            .matcher(Texts.read(PAGE).orElseThrow());
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private void send(TenantEvent... events) throws Exception {
    try (ControlPlane controlPlane = new ControlPlane(berth.kafka())) {
      for (TenantEvent event : events) {
        controlPlane.send(event);
      }
      controlPlane.flush();
    }
  }

  private void awaitStates(Map<String, String> states) {
    await("phases, and the generations that they are of")
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          Map<String, Database.Row> tenants = database.tenants();
          assertThat(tenants).containsKeys(states.keySet().toArray(String[]::new));
          states.forEach((id, state) -> assertThat(state(tenants.get(id))).as(id).isEqualTo(state));
          assertThat(database.unpublished()).isZero();
        });
  }

  /** Who is blocked has not reached the generation, but knows it. */
  private static String state(Database.Row row) {
    boolean blocked = row.phase().equals("BLOCKED");
    return row.phase() + " " + (blocked ? row.generation() : row.observedGeneration());
  }

  /**
   * From a database of its own, because nobody may use the one that is copied or dropped.
   * PostgreSQL notices a moment later that those are gone who used it, and waits 5 s for that.
   */
  private void elsewhere(String... statements) throws SQLException {
    try (Connection connection = berth.postgres().freshDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        await(sql)
            .atMost(PATIENCE)
            .ignoreExceptionsMatching(e -> e instanceof SQLException s && isInUse(s))
            .until(() -> !statement.execute(sql));
      }
    }
  }

  private static boolean isInUse(SQLException refused) {
    return PSQLState.OBJECT_IN_USE.getState().equals(refused.getSQLState());
  }

  private void inTheDatabase(String sql) throws SQLException {
    try (Connection connection = berth.postgres().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** As kafka-consumer-groups.sh --reset-offsets does it, once Kafka knows that nobody reads. */
  private void readEventsAgain() {
    Map<TopicPartition, OffsetAndMetadata> begin =
        IntStream.range(0, PARTITIONS)
            .boxed()
            .collect(
                Collectors.toMap(
                    i -> new TopicPartition("tenant.events", i), i -> new OffsetAndMetadata(0)));
    try (Admin admin = berth.kafka().admin()) {
      await("the offsets are set back")
          .atMost(PATIENCE)
          .ignoreException(ExecutionException.class)
          .until(() -> {
            admin.alterConsumerGroupOffsets("berth", begin).all().get();
            return true;
          });
    }
  }

  private void removeByBreakGlass(String... namespaces) {
    Config config = Config.fromKubeconfig(berth.cluster().kubeconfig().toFile());
    config.setImpersonateUsername("platform");
    config.setImpersonateGroups("system:masters", "berth:break-glass");
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      for (String namespace : namespaces) {
        client.namespaces().withName(namespace).delete();
      }
    }
  }

  /** In what Berth asked of the API server. */
  private long mentions(String subject) {
    return Texts.read(berth.cluster().auditLog())
        .orElseThrow()
        .lines()
        .filter(line -> line.contains(subject))
        .count();
  }
}
