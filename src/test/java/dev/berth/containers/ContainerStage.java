package dev.berth.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.delivery.ControlPlane;
import dev.berth.delivery.evidence.Arrivals;
import dev.berth.delivery.evidence.Verification;
import dev.berth.local.LocalKafka;
import dev.berth.local.LocalPostgres;
import dev.berth.local.cluster.LocalCluster;
import dev.berth.local.process.Folders;
import dev.berth.local.process.LogOutput;
import dev.berth.local.process.Ports;
import dev.berth.local.process.Progress;
import dev.berth.local.process.TcpProxy;
import dev.berth.local.process.Texts;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The parts of one test class, without any data, and a wire from Berth to each of them. */
final class ContainerStage implements AutoCloseable {
  private static final String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

  private final Path folder;
  private final Ports ports;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final DatabaseContainer database;
  private final BrokerContainer broker;
  private final LocalCluster cluster;
  private final TcpProxy toDatabase;
  private final TcpProxy toBroker;
  private final TcpProxy toCluster;
  private final BrokerKeys keys;
  private int replicas;

  ContainerStage(String name) {
    LogOutput.quiet();
    Containers.endLeftOver();
    folder =
        Path.of(System.getProperty("basedir", ""), "target", "containers", name).toAbsolutePath();
    Folders.delete(folder);
    ports = Ports.rememberedIn(folder.resolve("ports"));
    keys = BrokerKeys.in(folder.resolve("keys"));
    Progress.toConsole().say("containers: starting PostgreSQL and Kafka");
    int databasePort = ports.of("postgres");
    database = closing(new DatabaseContainer(databasePort, folder.resolve("postgres")));
    toDatabase = closing(TcpProxy.to(databasePort));
    int brokerPort = ports.of("kafka-wired");
    toBroker = closing(TcpProxy.to(brokerPort));
    broker = closing(new BrokerContainer(toBroker.port(), brokerPort, ports, keys));
    cluster = closing(LocalCluster.start(folder.resolve("kubernetes"), Progress.toConsole()));
    toCluster = closing(TcpProxy.to(URI.create(credentials().getMasterUrl()).getPort()));
    writeServiceAccount();
    database.awaitAnswers();
    broker.awaitTopics();
  }

  private <T extends AutoCloseable> T closing(T part) {
    open.push(part);
    return part;
  }

  DatabaseContainer database() {
    return database;
  }

  BrokerContainer broker() {
    return broker;
  }

  BrokerKeys keys() {
    return keys;
  }

  LocalPostgres postgres() {
    return database.seen();
  }

  LocalKafka kafka() {
    return broker.seen();
  }

  LocalCluster cluster() {
    return cluster;
  }

  TcpProxy toDatabase() {
    return toDatabase;
  }

  TcpProxy toBroker() {
    return toBroker;
  }

  TcpProxy toCluster() {
    return toCluster;
  }

  /** One more replica, not started. */
  BerthContainer berth(Map<String, String> settings) {
    replicas++;
    int port = ports.of("berth-" + replicas);
    int managementPort = ports.of("berth-management-" + replicas);
    Map<String, String> environment = new HashMap<>();
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + toBroker.port());
    environment.put(
        "DATABASE_URL",
        "postgresql://%s:%s@127.0.0.1:%d/berth"
            .formatted(postgres().user(), postgres().password(), toDatabase.port()));
    environment.put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
    environment.put("KUBERNETES_SERVICE_PORT", Integer.toString(toCluster.port()));
    environment.put("BERTH_EVENTS_SOURCES", "/control-plane");
    environment.put("BERTH_API_AUTH", "none");
    environment.putAll(settings);
    Map<String, Path> mounts =
        Map.of(SERVICE_ACCOUNT, serviceAccount(), "/etc/kafka-keys", keys.folder());
    return closing(new BerthContainer(environment, mounts, port, managementPort));
  }

  /** Returns when Kafka has taken them. */
  void sendAtOnce(Arrivals arrivals, int tenants) throws Exception {
    try (ControlPlane controlPlane = new ControlPlane(kafka())) {
      for (int sent = 0; sent < tenants; sent++) {
        arrivals.next().forEach(controlPlane::send);
      }
      controlPlane.flush();
    }
  }

  Verification onceAtRest(Arrivals arrivals) {
    return Verification.onceAtRest(postgres(), kafka(), cluster, arrivals);
  }

  private Path serviceAccount() {
    return folder.resolve("serviceaccount");
  }

  private Config credentials() {
    return Config.fromKubeconfig(cluster.berthKubeconfig().toFile());
  }

  /** What a kubelet mounts into every pod. */
  private void writeServiceAccount() {
    byte[] authority = Base64.getDecoder().decode(credentials().getCaCertData());
    Path token = cluster.berthKubeconfig().resolveSibling("berth.token");
    try {
      Files.createDirectories(serviceAccount());
      Files.write(serviceAccount().resolve("ca.crt"), authority);
      Files.write(
          serviceAccount().resolve("token"), Texts.read(token).orElseThrow().getBytes(UTF_8));
      Files.writeString(serviceAccount().resolve("namespace"), "berth-system");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
