package dev.berth.journey.stage;

import dev.berth.local.Parts;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The team that says which tenants there are. */
public final class ControlPlane {

  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(
          Map.of(
              "bootstrap.servers",
              Parts.kafka().bootstrapServers(),
              "max.request.size",
              4 * 1024 * 1024,
              "buffer.memory",
              8L * 1024 * 1024),
          new ByteArraySerializer(),
          new ByteArraySerializer());

  /** A letter and where it lies now. */
  public record Sent(Letter letter, int partition, long offset) {
    public String id() {
      return letter.header("ce_id");
    }
  }

  public Sent creates(String tenant, Wish wish) {
    return sends(Letter.event("created.v1", tenant, wish.json()));
  }

  public Sent updates(String tenant, Wish wish) {
    return sends(Letter.event("updated.v1", tenant, wish.json()));
  }

  public Sent changesPlan(String tenant, Wish wish) {
    return sends(Letter.event("plan-changed.v1", tenant, wish.json()));
  }

  public Sent offboards(String tenant, long generation) {
    return sends(
        Letter.event(
            "offboarding-requested.v1",
            tenant,
            Stage.quoted("{'generation': %d, 'reason': 'contract ended'}".formatted(generation))));
  }

  public Sent sends(Letter letter) {
    try {
      RecordMetadata at = producer.send(letter.to("tenant.events")).get();
      return new Sent(letter, at.partition(), at.offset());
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka did not take the record", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
