package dev.berth.history.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.history.judge.evidence.Story;
import dev.berth.history.judge.evidence.Told;
import dev.berth.history.judge.evidence.Violation;
import dev.berth.history.judge.evidence.Wish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed on Kafka: what was asked of Berth, and what it answered. */
public final class Ears implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String EVENTS = "tenant.events";
  private static final String LIFECYCLE = "tenant.lifecycle";
  private static final String STATE = "tenant.state";

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Clock clock;
  private final Map<String, Story> stories = new TreeMap<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private final Map<String, String> bytes = new HashMap<>();
  private Consumer<Violation> violations = violation -> {};

  public Ears(String bootstrapServers, Clock clock) {
    this.clock = clock;
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        List.of(EVENTS, LIFECYCLE, STATE).stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  void tell(Consumer<Violation> listener) {
    violations = listener;
  }

  /** Takes in what there is by now. */
  void listen() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(20));
    while (!records.isEmpty()) {
      records.forEach(this::hear);
      records = consumer.poll(Duration.ofMillis(20));
    }
  }

  Map<String, Story> stories() {
    return stories;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void hear(ConsumerRecord<byte[], byte[]> message) {
    Instant at = clock.instant();
    String tenant = new String(message.key(), UTF_8);
    Story story = stories.computeIfAbsent(tenant, Story::new);
    JsonNode data = data(message);
    if (message.topic().equals(EVENTS)) {
      story.wished(Wish.of(at, header(message, "ce_id"), header(message, "ce_type"), data));
      return;
    }
    Told step =
        new Told(
            at,
            header(message, "ce_id"),
            header(message, "ce_type"),
            header(message, "ce_causationid"),
            data);
    String before = bytes.putIfAbsent(step.id(), allBytes(message));
    if (before != null) {
      repeated(step, tenant, before.equals(allBytes(message)));
    } else if (message.topic().equals(STATE)) {
      story.stands(step);
    } else {
      inSequence(step, tenant);
      story.told(step);
    }
  }

  private void repeated(Told step, String tenant, boolean same) {
    if (!same) {
      violate(step, "RepeatDiffers", tenant, "event %s came again, and differs: %s");
    }
  }

  private void inSequence(Told step, String tenant) {
    long sequence = step.data().path("sequence").asLong();
    long expected = sequences.merge(tenant, 1L, Long::sum);
    if (sequence != expected) {
      sequences.put(tenant, sequence);
      violate(step, "SequenceGap", tenant, "event %s is not number " + expected + ": %s");
    }
  }

  private void violate(Told step, String rule, String tenant, String what) {
    violations.accept(new Violation(step.at(), rule, tenant, what.formatted(step.id(), step)));
  }

  private static JsonNode data(ConsumerRecord<byte[], byte[]> message) {
    try {
      return JSON.readTree(message.value());
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + message, e);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  /** Key, headers in their order, and value. */
  private static String allBytes(ConsumerRecord<byte[], byte[]> message) {
    StringJoiner all = new StringJoiner("|");
    all.add(HexFormat.of().formatHex(message.key()));
    message.headers().forEach(it -> all.add(it.key() + "=" + HexFormat.of().formatHex(it.value())));
    return all.add(HexFormat.of().formatHex(message.value())).toString();
  }
}
