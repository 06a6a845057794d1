package dev.berth.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.local.LocalKafka;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends tenant events, as the control plane does. */
public final class ControlPlane implements AutoCloseable {
  private final KafkaProducer<String, String> producer;
  private final Queue<Future<RecordMetadata>> sent = new ConcurrentLinkedQueue<>();

  public ControlPlane(LocalKafka kafka) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer());
  }

  public void send(TenantEvent event) {
    send(event, null);
  }

  /** To a partition of choice; null = the one of the tenant. */
  public void send(TenantEvent event, @Nullable Integer partition) {
    ProducerRecord<String, String> message =
        new ProducerRecord<>("tenant.events", partition, event.tenant(), event.data());
    Map<String, String> attributes = new HashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", event.id());
    attributes.put("source", "/control-plane");
    attributes.put("type", event.type());
    attributes.put("subject", event.tenant());
    attributes.putAll(event.more());
    attributes.forEach((name, value) -> header(message, "ce_" + name, value));
    header(message, "content-type", "application/json");
    sent.add(producer.send(message));
  }

  /** Returns when Kafka has taken everything that was sent. */
  public void flush() throws InterruptedException, ExecutionException {
    producer.flush();
    for (Future<RecordMetadata> taken = sent.poll(); taken != null; taken = sent.poll()) {
      taken.get();
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private static void header(ProducerRecord<String, String> event, String name, String value) {
    event.headers().add(name, value.getBytes(UTF_8));
  }
}
