package dev.berth.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.local.LocalKafka;
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
    header(message, "ce_specversion", "1.0");
    header(message, "ce_id", event.id());
    header(message, "ce_source", "/control-plane");
    header(message, "ce_type", event.type());
    header(message, "ce_subject", event.tenant());
    header(message, "content-type", "application/json");
    event.more().forEach((name, value) -> header(message, "ce_" + name, value));
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
