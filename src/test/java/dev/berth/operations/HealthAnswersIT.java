package dev.berth.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.ControlPlane;
import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.local.cluster.LocalCluster;
import dev.berth.local.process.TcpProxy;
import dev.berth.local.process.Texts;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each part is stopped or denied in turn: docs/operate.md has what health says then, {@code
 * -Dgolden.update=true} writes it.
 */
class HealthAnswersIT {

  private static final Path PAGE = Path.of(System.getProperty("basedir", ""), "docs/operate.md");
  private static final Pattern WRITTEN =
      Pattern.compile("(<!-- written by HealthAnswersIT -->\n).*(<!-- end -->\n)", Pattern.DOTALL);
  private static final String POLICY =
      "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/berth-sandbox";
  private static final String DATABASE = "Database connections health check";
  private static final String CHANNEL = "SmallRye Reactive Messaging - readiness check";
  private static final String REFUSED = "is not currently accepting connections";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final boolean WRITES = Boolean.getBoolean("golden.update");

  @TempDir private Path folder;
  private final Map<String, String> answers = new LinkedHashMap<>();
  private PackagedBerth berth;
  private TcpProxy apiServer;
  private Path plans;
  private Replica replica;
  private HealthAnswer well;

  @BeforeEach
  void allIsWell() throws IOException {
    berth = PackagedBerth.besideNewParts("outages");
    plans = Files.createTempDirectory(folder, "plans-");
    Files.copy(Path.of("src/main/resources/plans/starter.yaml"), plans.resolve("starter.yaml"));
    Map<String, String> settings =
        Map.of(
            "BERTH_KUBECONFIG", throughProxy().toString(),
            "BERTH_KUBERNETES_STALE_AFTER", "5s",
            "BERTH_CATALOGUE_DIRECTORY", plans.toString(),
            "BERTH_CATALOGUE_POLL", "250ms",
            "BERTH_RELAY_SET_ASIDE_RETRY", "1s",
            "BERTH_STORE_RELAY_IDLE_TIMEOUT", "5m"); // it stays the one that publishes
    replica = berth.replica(settings);
    replica.start();
    replica.awaitReady();
    well =
        await("all is well")
            .atMost(PATIENCE)
            .until(this::answer, it -> it.isUp() && it.says("relay", "role: publishes"));
  }

  @AfterEach
  void endThem() {
    berth.close();
    apiServer.close();
  }

  @Test
  void whatHealthSaysOfEachOutageIsInThePapers() throws Exception {
    Replica other = berth.replica(Map.of());
    other.start();
    aPlanIsWrong();
    aPolicyIsMissing();
    anotherReplicaPublishes(other);
    aTopicIsMissing();
    theDatabaseTakesNoConnections();
    theApiServerIsSilent();
    kafkaIsAway();

    String page = String.join("", answers.values());
    String written =
        WRITTEN
            .matcher(Files.readString(PAGE))
            .replaceFirst(it -> Matcher.quoteReplacement(it.group(1) + page + "\n" + it.group(2)));
    if (WRITES) {
      Files.writeString(PAGE, written);
    }
    assertThat(Files.readString(PAGE)).as("-Dgolden.update=true writes it anew").isEqualTo(written);
  }

  private void anotherReplicaPublishes(Replica other) {
    other.awaitReady();
    tells(
        "Another replica publishes",
        () -> HealthAnswer.of(other.readiness()),
        answer -> answer.says("relay", "another replica"));
    other.close();
  }

  private void aPlanIsWrong() throws IOException {
    String starter = Files.readString(plans.resolve("starter.yaml"));
    Path wrong =
        Files.writeString(
            plans.resolve("gold.yaml"),
            starter.replace("name: starter", "name: gold").replace("256Mi", "lots"));
    tells("A plan is wrong", answer -> answer.says("plans", "gold.yaml"));
    Files.delete(wrong);
    isWell();
  }

  private void aPolicyIsMissing() {
    try (KubernetesClient administrator = berth.cluster().client()) {
      administrator.raw(POLICY, "DELETE", "{}");
    }
    tells("A policy is missing or altered", answer -> answer.says("kubernetes", "berth-sandbox"));
    berth.cluster().apply(LocalCluster.manifests(), "policies");
    isWell();
  }

  /** A relay that lost its session has the topics looked at again. */
  private void theDatabaseTakesNoConnections() throws SQLException {
    allowConnections(false);
    tells(
        "PostgreSQL takes no connections",
        answer ->
            answer.says(DATABASE, REFUSED)
                && answer.says("relay", REFUSED)
                && !answer.isDown("topics"));
    allowConnections(true);
    isWell();
  }

  private void theApiServerIsSilent() {
    apiServer.swallowEverything();
    tells("The API server does not answer", answer -> answer.isDown("kubernetes"));
    apiServer.mend();
    isWell();
  }

  private void aTopicIsMissing() throws Exception {
    try (Admin admin = berth.kafka().admin()) {
      admin.deleteTopics(List.of("tenant.quarantine")).all().get();
    }
    try (ControlPlane controlPlane = new ControlPlane(berth.kafka())) {
      controlPlane.send(TenantEvent.of("unheard-of", "acme", "{}"));
      controlPlane.flush();
    }
    tells("A topic is missing", answer -> answer.isDown("topics") && !answer.isDown("relay"));
    berth.kafka().createTopics();
  }

  /** What was sent is to be sent again, so that the relay notices at once. */
  private void kafkaIsAway() throws SQLException {
    berth.kafka().kill();
    try (Connection database = berth.postgres().dataSource().getConnection()) {
      database.createStatement().execute("UPDATE outbox SET published_at = NULL");
    }
    tells(
        "Kafka is away",
        answer -> answer.isDown(CHANNEL) && answer.says("relay", "InitProducerId"));
  }

  private void tells(String what, Predicate<HealthAnswer> noticed) {
    tells(what, this::answer, noticed);
  }

  /** For a moment something else may be told beside it: what the page has is waited for. */
  private void tells(String what, Callable<HealthAnswer> asked, Predicate<HealthAnswer> noticed) {
    String page = page();
    HealthAnswer told =
        await(what + ", with the words of the page; -Dgolden.update=true writes it anew")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(200))
            .until(asked, it -> noticed.test(it) && (WRITES || page.contains(section(what, it))));
    answers.put(what, section(what, told));
  }

  private String section(String what, HealthAnswer answer) {
    return "\n%s:\n\n```\n%s```\n".formatted(what, answer.beside(well));
  }

  private static String page() {
    return Texts.read(PAGE).orElseThrow();
  }

  private void isWell() {
    await("all is well again")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(answer()).isEqualTo(well));
  }

  private HealthAnswer answer() {
    return HealthAnswer.of(replica.readiness());
  }

  private Path throughProxy() throws IOException {
    String own = Files.readString(berth.cluster().berthKubeconfig());
    Matcher server = Pattern.compile("server: (\\S+)").matcher(own);
    assertThat(server.find()).isTrue();
    apiServer = TcpProxy.to(URI.create(server.group(1)).getPort());
    return Files.writeString(
        folder.resolve("kubeconfig"),
        own.replace(server.group(1), "https://127.0.0.1:" + apiServer.port()));
  }

  private void allowConnections(boolean allowed) throws SQLException {
    var postgres = berth.postgres();
    String maintenance = postgres.jdbcUrl().replaceFirst("berth$", "postgres");
    try (Connection connection =
        DriverManager.getConnection(maintenance, postgres.user(), postgres.password())) {
      var statement = connection.createStatement();
      statement.execute("ALTER DATABASE berth ALLOW_CONNECTIONS " + allowed);
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = 'berth'");
    }
  }
}
