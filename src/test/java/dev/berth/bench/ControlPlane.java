package dev.berth.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends tenants and notes when it hears that they are provisioned. Times are of one clock. */
final class ControlPlane implements AutoCloseable {

  private static final String LIFECYCLE = "tenant.lifecycle";

  private final Map<String, Long> sent = new ConcurrentHashMap<>();
  private final Map<String, Long> provisioned = new HashMap<>();
  private final KafkaProducer<String, String> producer;
  private final KafkaConsumer<String, String> consumer;

  ControlPlane(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new StringSerializer(),
            new StringSerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "fetch.max.wait.ms",
                100),
            new StringDeserializer(),
            new StringDeserializer());
    List<TopicPartition> all =
        consumer.partitionsFor(LIFECYCLE).stream()
            .map((PartitionInfo p) -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToEnd(all);
    all.forEach(consumer::position);
  }

  void create(String tenant, String plan) {
    String data =
        """
        {"generation":1,"plan":"%s","displayName":"%s","owners":[{"kind":"Group","name":"%s"}]}\
        """
            .formatted(plan, tenant, tenant);
    ProducerRecord<String, String> event = new ProducerRecord<>("tenant.events", tenant, data);
    Map.of(
            "ce_specversion", "1.0",
            "ce_id", UUID.randomUUID().toString(),
            "ce_source", "/control-plane",
            "ce_type", "dev.berth.tenant.created.v1",
            "ce_subject", tenant,
            "content-type", "application/json")
        .forEach((name, value) -> event.headers().add(name, value.getBytes(UTF_8)));
    sent.put(tenant, System.nanoTime());
    producer.send(event);
    producer.flush();
  }

  /** Milliseconds from sending to hearing, by tenant; waits for all of these. */
  Map<String, Double> await(Set<String> tenants, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!provisioned.keySet().containsAll(tenants)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%d of %d tenants were provisioned within %s"
                .formatted(provisioned.size(), tenants.size(), patience));
      }
      for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(50))) {
        String type = new String(record.headers().lastHeader("ce_type").value(), UTF_8);
        if (type.equals("dev.berth.tenant.provisioned.v1")) {
          provisioned.putIfAbsent(record.key(), System.nanoTime());
        }
      }
    }
    Map<String, Double> taken = new HashMap<>();
    tenants.forEach(t -> taken.put(t, (provisioned.get(t) - sent.get(t)) / 1e6));
    return taken;
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
