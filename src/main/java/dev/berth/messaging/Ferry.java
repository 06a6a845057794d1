package dev.berth.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.event.RawRecord;
import dev.berth.provisioning.Backoff;
import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.Loop;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * Carries records from one topic to others, at least once: an offset is committed when everything
 * that its record became was sent, so a repeat must become the same. An outage of Kafka is waited
 * for; a record that cannot be carried is told in the log, and the next one is served.
 */
@ApplicationScoped
public class Ferry {

  private static final Logger LOG = Logger.getLogger(Ferry.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int LARGEST_RECORD = 4 * 1024 * 1024;

  private final Map<String, Object> connection;
  private final MessagingConfig config;
  private final Lifetime lifetime;

  Ferry(
      @Identifier("default-kafka-broker") Map<String, Object> connection,
      MessagingConfig config,
      Lifetime lifetime) {
    this.connection = Map.copyOf(connection);
    this.config = config;
    this.lifetime = lifetime;
  }

  /**
   * From where to where.
   *
   * @param group that reads: all replicas share the records
   * @param to every topic that something may be sent to
   * @param becomes what a record becomes, the same each time
   */
  public record Route(
      String group, String from, Set<String> to, Function<RawRecord, List<Parcel>> becomes) {}

  /** Begins at once, and goes on until the application ends. */
  public void start(Route route) {
    Backoff pauses = new Backoff(config.retry(), LONGEST_PAUSE);
    String complaint =
        "records of topic %s wait for group %s".formatted(route.from(), route.group());
    Loop.start(lifetime, route.group(), complaint, pauses, () -> carry(route));
  }

  private void carry(Route route) throws ExecutionException, InterruptedException {
    lifetime.awaitServing();
    try (Consumer<byte[], byte[]> consumer = consumer(route.group());
        Producer<byte[], byte[]> producer = producer()) {
      checkTopics(consumer, route);
      consumer.subscribe(List.of(route.from()));
      while (!lifetime.isOver()) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> each : records) {
          carry(RawRecords.of(each), route, producer);
        }
        if (!records.isEmpty()) {
          consumer.commitSync();
        }
      }
    }
  }

  private static void carry(RawRecord record, Route route, Producer<byte[], byte[]> producer)
      throws ExecutionException, InterruptedException {
    try {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (Parcel parcel : become(record, route)) {
        sent.add(producer.send(message(parcel)));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (ExecutionException | RuntimeException e) {
      SendFault fault = SendFault.of(e);
      if (fault.kind() != SendFault.Culprit.MESSAGE) {
        throw e;
      }
      LOG.errorf("record %s is passed over, it cannot be sent on: %s", record.position(), fault);
    }
  }

  private static List<Parcel> become(RawRecord record, Route route) {
    try {
      return route.becomes().apply(record);
    } catch (RuntimeException e) {
      LOG.errorf(
          "record %s is passed over, %s failed on it: %s",
          record.position(), route.group(), e.getClass());
      return List.of();
    }
  }

  private static ProducerRecord<byte[], byte[]> message(Parcel parcel) {
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(parcel.topic(), parcel.key().getBytes(UTF_8), parcel.value());
    parcel.headers().forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
    return message;
  }

  /** A producer would make a topic by accident, or wait for it without a word. */
  private static void checkTopics(Consumer<byte[], byte[]> consumer, Route route) {
    List<String> missing = new ArrayList<>(route.to());
    missing.add(route.from());
    missing.removeIf(topic -> !consumer.partitionsFor(topic).isEmpty());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "topics %s are missing: create them, or give Berth the right to describe them"
              .formatted(missing));
    }
  }

  private Consumer<byte[], byte[]> consumer(String group) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50);
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_RECORD);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000L);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
