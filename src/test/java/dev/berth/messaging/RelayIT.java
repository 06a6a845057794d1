package dev.berth.messaging;

import static dev.berth.messaging.OnKafka.LIFECYCLE;
import static dev.berth.messaging.OnKafka.QUARANTINE;
import static dev.berth.messaging.OnKafka.STATE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.local.Parts;
import dev.berth.store.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/** G3: a message or topic that cannot be sent holds up nothing but what must come after it. */
@QuarkusTest
@TestProfile(OnKafka.class)
class RelayIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Outbox outbox;
  private final RelayState relay;
  private final Topics topics;
  private final DataSource dataSource;
  private final MeterRegistry registry;

  RelayIT(
      Outbox outbox,
      @Readiness RelayState relay,
      @Readiness Topics topics,
      DataSource dataSource,
      MeterRegistry registry) {
    this.registry = registry;
    this.dataSource = dataSource;
    this.outbox = outbox;
    this.relay = relay;
    this.topics = topics;
  }

  @Test
  void whatTheBrokerDoesNotTakeWaitsAloneUntilItDoes() throws Exception {
    String large = name();
    String other = name();
    add(LIFECYCLE, large, 1, 10);
    add(LIFECYCLE, large, 2, OnKafka.LIMIT + 1000);
    add(LIFECYCLE, large, 3, 10);
    add(STATE, large, 2, OnKafka.LIMIT + 1000);
    add(LIFECYCLE, other, 1, 10);
    add(LIFECYCLE, other, 2, 10);

    eventually(() -> assertThat(published(LIFECYCLE, other)).containsExactly(1L, 2L));
    eventually(() -> assertThat(published(STATE, large)).containsExactly(2L));
    assertThat(published(LIFECYCLE, large)).containsExactly(1L);
    assertThat(setAside(large)).isEqualTo("2");
    eventually(() -> assertThat(relay.call().getData().orElseThrow()).containsKey("setAside"));
    assertThat(relay.call().getStatus()).isEqualTo(Status.UP);

    OnKafka.setLimit(10 * OnKafka.LIMIT);

    eventually(() -> assertThat(published(LIFECYCLE, large)).containsExactly(1L, 2L, 3L));
    add(LIFECYCLE, large, 4, 10);
    eventually(() -> assertThat(published(LIFECYCLE, large)).containsExactly(1L, 2L, 3L, 4L));
    assertThat(setAside(large)).isEqualTo("0");
  }

  /** The client itself refuses more than max.request.size, before the broker is asked. */
  @Test
  void whatTheClientDoesNotSendWaitsAloneUntilAPersonGivesItUp() throws Exception {
    String large = name();
    String other = name();
    add(STATE, large, 1, 2_000_000);
    add(STATE, large, 2, 10);
    for (int sequence = 1; sequence <= 150; sequence++) {
      add(STATE, other, sequence, 10);
    }

    eventually(() -> assertThat(published(STATE, other)).hasSize(150).isSorted());
    assertThat(published(STATE, large)).isEmpty();

    query(
        "UPDATE outbox SET published_at = now() WHERE agg_seq = 1 AND aggregateid = '%s' RETURNING 1"
            .formatted(large));

    eventually(() -> assertThat(published(STATE, large)).containsExactly(2L));
  }

  @Test
  void aTopicThatIsMissingOrGoesAwayHoldsUpNoOther() throws Exception {
    String refused = name();
    String tenant = name();
    add(QUARANTINE, refused, 1, 10);
    add(LIFECYCLE, tenant, 1, 10);

    eventually(() -> assertThat(published(LIFECYCLE, tenant)).containsExactly(1L));
    assertThat(topics.call().getStatus()).isEqualTo(Status.DOWN);
    assertThat(topics.call().getData().orElseThrow().get("faults").toString())
        .contains("topic relay.quarantine is missing");

    OnKafka.create(new NewTopic(QUARANTINE, 1, (short) 1));

    eventually(() -> assertThat(published(QUARANTINE, refused)).containsExactly(1L));
    assertThat(topics.call().getStatus()).isEqualTo(Status.UP);

    delete(QUARANTINE);
    add(QUARANTINE, refused, 2, 10);
    add(LIFECYCLE, tenant, 2, 10);

    eventually(() -> assertThat(published(LIFECYCLE, tenant)).containsExactly(1L, 2L));
    eventually(() -> assertThat(topics.call().getStatus()).isEqualTo(Status.DOWN));
  }

  /** R6: what a relay does is in health and metrics, and what it cannot. */
  @Test
  void aRelaySaysWhetherItPublishesAndSinceWhen() throws Exception {
    String tenant = name();
    add(LIFECYCLE, tenant, 1, 10);
    eventually(() -> assertThat(published(LIFECYCLE, tenant)).containsExactly(1L));
    assertThat(relay.call().getData().orElseThrow())
        .containsEntry("role", "publishes")
        .containsKey("since");
    assertThat(gauge("publishing")).isEqualTo(1);

    relay.interrupted(new TimeoutException("none"), "no Kafka answers");

    assertThat(relay.call().getStatus()).isEqualTo(Status.DOWN);
    assertThat(relay.call().getData().orElseThrow())
        .containsEntry("role", "cannot publish")
        .containsEntry("failure", "no Kafka answers")
        .containsKey("since");
    assertThat(gauge("publishing")).isZero();
    assertThat(gauge("failing")).isEqualTo(1);

    relay.standsBy();

    assertThat(relay.call().getStatus()).isEqualTo(Status.UP);
    assertThat(relay.call().getData().orElseThrow())
        .containsEntry("role", "waits for another replica, which publishes")
        .doesNotContainKey("failure");
    assertThat(gauge("failing")).isZero();
    relay.publishes("as before");
  }

  private double gauge(String name) {
    return registry.get("berth.relay." + name).gauge().value();
  }

  private String setAside(String aggregate) throws Exception {
    return query(
        "SELECT count(*) FROM outbox WHERE published_at IS NULL AND set_aside_at IS NOT NULL AND aggregateid = '%s'"
            .formatted(aggregate));
  }

  String query(String sql) throws Exception {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  void add(String topic, String aggregate, long sequence, int size) {
    Outbox.Message message =
        new Outbox.Message(
            UUID.randomUUID(),
            "dev.berth.tenant.accepted.v1",
            new Outbox.Place(topic, aggregate, sequence),
            new Outbox.Content(
                aggregate, Map.of("sequence", Long.toString(sequence)), incompressible(size)));
    QuarkusTransaction.requiringNew().run(() -> outbox.add(message));
  }

  private static byte[] incompressible(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  static String name() {
    return "t" + UUID.randomUUID();
  }

  static void eventually(ThrowingRunnable wanted) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(wanted);
  }

  /** What a consumer of committed records takes, in the order of the topic. */
  List<Long> published(String topic, String aggregate) {
    return sequences(records(topic, aggregate));
  }

  static List<Long> sequences(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream()
        .map(record ->
            Long.valueOf(new String(record.headers().lastHeader("sequence").value(), UTF_8)))
        .toList();
  }

  static List<ConsumerRecord<String, byte[]>> records(String topic, String aggregate) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                Parts.kafka().bootstrapServers(),
                "isolation.level",
                "read_committed",
                "allow.auto.create.topics",
                false),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all = List.of(new TopicPartition(topic, 0));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      long end = consumer.endOffsets(all).get(all.getFirst());
      while (consumer.position(all.getFirst()) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> {
              if (record.key().equals(aggregate)) {
                records.add(record);
              }
            });
      }
    }
    return records;
  }

  private static void delete(String topic) throws Exception {
    try (Admin admin = Parts.kafka().admin()) {
      admin.deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
    }
  }
}
