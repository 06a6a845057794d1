package dev.berth.containers;

import static org.awaitility.Awaitility.await;

import dev.berth.local.LocalKafka;
import dev.berth.local.process.Ports;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;

/**
 * A Kafka that lets nobody do what no rule allows. Only those who come without a name may do
 * everything: Berth by the wire, and the tests past it.
 */
final class BrokerContainer implements AutoCloseable {
  private static final String KEYS = "/etc/kafka/secrets";

  private final GenericContainer<?> container;
  private final LocalKafka seen;
  private final int secured;

  /**
   * @param wire the port by which Berth comes
   * @param port to which the wire leads
   */
  BrokerContainer(int wire, int port, Ports ports, BrokerKeys keys) {
    int tests = ports.of("kafka-tests");
    secured = ports.of("kafka-secured");
    seen = LocalKafka.at("127.0.0.1:" + tests);
    Map<String, String> settings = new HashMap<>(settings(ports.of("kafka-controller")));
    settings.put(
        "KAFKA_LISTENERS",
        settings.get("KAFKA_LISTENERS")
            + ",TESTS://127.0.0.1:%d,WIRED://127.0.0.1:%d,SECURED://127.0.0.1:%d"
                .formatted(tests, port, secured));
    settings.put(
        "KAFKA_ADVERTISED_LISTENERS",
        "TESTS://127.0.0.1:%d,WIRED://127.0.0.1:%d,SECURED://127.0.0.1:%d"
            .formatted(tests, wire, secured));
    settings.put("KAFKA_LISTENER_NAME_SECURED_SSL_KEYSTORE_PASSWORD", BrokerKeys.PASSWORD);
    container =
        Containers.of("berth-test/kafka", settings)
            .withCreateContainerCmdModifier(
                it -> Containers.mount(it, Map.of(KEYS, keys.folder())));
    container.start();
  }

  private static Map<String, String> settings(int controller) {
    return Map.ofEntries(
        Map.entry("CLUSTER_ID", "4L6g3nShT-eMCtK--X86sw"),
        Map.entry("KAFKA_NODE_ID", "1"),
        Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
        Map.entry("KAFKA_LISTENERS", "CONTROLLER://127.0.0.1:" + controller),
        Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@127.0.0.1:" + controller),
        Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
        Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "TESTS"),
        Map.entry(
            "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
            "CONTROLLER:PLAINTEXT,TESTS:PLAINTEXT,WIRED:PLAINTEXT,SECURED:SASL_SSL"),
        Map.entry("KAFKA_LOG_DIRS", "/var/lib/kafka/data"),
        Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
        Map.entry("KAFKA_MESSAGE_MAX_BYTES", "4194304"),
        Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
        Map.entry("KAFKA_BROKER_SESSION_TIMEOUT_MS", "1500"),
        Map.entry("KAFKA_BROKER_HEARTBEAT_INTERVAL_MS", "300"),
        Map.entry("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "1"),
        Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
        Map.entry("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "1"),
        Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
        Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
        Map.entry(
            "KAFKA_AUTHORIZER_CLASS_NAME",
            "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
        Map.entry("KAFKA_SUPER_USERS", "User:ANONYMOUS"),
        Map.entry("KAFKA_LISTENER_NAME_SECURED_SASL_ENABLED_MECHANISMS", "SCRAM-SHA-512"),
        Map.entry(
            "KAFKA_LISTENER_NAME_SECURED_SCRAM___SHA___512_SASL_JAAS_CONFIG",
            "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
        Map.entry("KAFKA_LISTENER_NAME_SECURED_SSL_KEYSTORE_TYPE", "PKCS12"),
        Map.entry(
            "KAFKA_LISTENER_NAME_SECURED_SSL_KEYSTORE_LOCATION", KEYS + "/" + BrokerKeys.STORE));
  }

  /** As tests see it, past every wire. */
  LocalKafka seen() {
    return seen;
  }

  /** Where clients must say who they are. */
  String securedAddress() {
    return "127.0.0.1:" + secured;
  }

  void awaitTopics() {
    await("Kafka has its topics")
        .atMost(Duration.ofMinutes(3))
        .ignoreExceptions()
        .until(() -> {
          seen.createTopics();
          return true;
        });
  }

  void kill() {
    Containers.kill(container);
  }

  void startAgain() {
    Containers.startAgain(container);
  }

  @Override
  public void close() {
    container.close();
  }
}
