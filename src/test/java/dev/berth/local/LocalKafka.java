package dev.berth.local;

import static org.awaitility.Awaitility.await;

import dev.berth.local.process.ChildProcess;
import dev.berth.local.process.Ports;
import dev.berth.local.process.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker on 127.0.0.1, in a JVM of its own, that keeps its records and holds Berth's
 * topics.
 */
public final class LocalKafka implements AutoCloseable {
  static final int LARGEST_RECORD = 4 * 1024 * 1024;
  private static final int PARTITIONS = 6;
  static final Map<String, Map<String, String>> TOPICS =
      Map.of(
          "tenant.events", Map.of("max.message.bytes", Integer.toString(LARGEST_RECORD)),
          "tenant.lifecycle", Map.of(),
          "tenant.state", Map.of("cleanup.policy", "compact"),
          "tenant.quarantine", Map.of(),
          "node-pool.lifecycle", Map.of());

  private final String bootstrapServers;
  private final @Nullable ChildProcess broker;

  private LocalKafka(String bootstrapServers, @Nullable ChildProcess broker) {
    this.bootstrapServers = bootstrapServers;
    this.broker = broker;
  }

  public static LocalKafka start(Path dir, Progress progress) {
    endLeftOver(dir);
    Ports ports = Ports.rememberedIn(dir);
    int port = ports.of("kafka");
    progress.say("Kafka: starting (about 3 s)");
    ChildProcess broker =
        ChildProcess.start("kafka", dir, command(dir, port, ports.of("controller")), Map.of());
    LocalKafka kafka = new LocalKafka("127.0.0.1:" + port, broker);
    try {
      kafka.awaitTopics(broker);
      return kafka;
    } catch (RuntimeException e) {
      kafka.close();
      throw new IllegalStateException(
          broker.obituary().orElse("Kafka does not answer at " + kafka.bootstrapServers), e);
    }
  }

  /** A broker that a killed JVM left behind holds the ports that are to be kept. */
  public static void endLeftOver(Path dir) {
    ChildProcess.endLeftOver("kafka", dir);
  }

  /** One that others have started; closing it does nothing. */
  public static LocalKafka at(String bootstrapServers) {
    return new LocalKafka(bootstrapServers, null);
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public Admin admin() {
    return Admin.create(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "default.api.timeout.ms",
            60_000,
            "request.timeout.ms",
            10_000));
  }

  /** As a crash would: no goodbye, no flush. It is gone when this returns. */
  public void kill() {
    if (broker != null) {
      broker.kill();
    }
  }

  @Override
  public void close() {
    if (broker != null) {
      broker.close();
    }
  }

  private static List<String> command(Path dir, int port, int controllerPort) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx160m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-cp",
        System.getProperty("java.class.path"),
        KafkaBroker.class.getName(),
        dir.resolve("data").toAbsolutePath().toString(),
        Integer.toString(port),
        Integer.toString(controllerPort));
  }

  private void awaitTopics(ChildProcess broker) {
    try {
      await("Kafka")
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(100))
          .failFast("Kafka has ended", () -> !broker.isAlive())
          .until(this::listens);
      await("Kafka takes topics, which it does a moment after it listens")
          .atMost(Duration.ofMinutes(3))
          .failFast("Kafka has ended", () -> !broker.isAlive())
          .ignoreExceptions()
          .until(() -> {
            createTopics();
            return true;
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean listens() {
    return Ports.isServed(
        Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1)));
  }

  /** Those that are missing. */
  public void createTopics() throws Exception {
    try (Admin admin = admin()) {
      Set<String> present = admin.listTopics().names().get(60, TimeUnit.SECONDS);
      admin
          .createTopics(
              TOPICS.entrySet().stream()
                  .filter(topic -> !present.contains(topic.getKey()))
                  .map(topic ->
                      new NewTopic(topic.getKey(), PARTITIONS, (short) 1).configs(topic.getValue()))
                  .toList())
          .all()
          .get(60, TimeUnit.SECONDS);
    }
  }
}
