package dev.berth.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Speaks as the control plane does: CloudEvents in binary mode on {@code tenant.events}. */
public final class TenantEvents implements AutoCloseable {
  static final String SOURCE = "/control-plane";

  private final Clock clock = Clock.systemUTC();
  private final KafkaProducer<String, String> producer;
  private final String source;

  public TenantEvents(String bootstrapServers) {
    this(bootstrapServers, SOURCE);
  }

  /** As another source, which may be one that is not allowed to. */
  TenantEvents(String bootstrapServers, String source) {
    this.source = source;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "max.block.ms", 15_000),
            new StringSerializer(),
            new StringSerializer());
  }

  public void created(String tenant, String plan, long generation) {
    send(
        tenant,
        "created",
        """
        {"generation": %d, "plan": "%s", "displayName": "%s", "owners": [{"kind": "Group", "name": "%s-owners"}], \
        "viewers": [{"kind": "Group", "name": "%s-viewers"}], "labels": {"cost-center": "4711"}}\
        """
            .formatted(generation, plan, tenant, tenant, tenant));
  }

  void offboardingRequested(String tenant, long generation) {
    send(
        tenant,
        "offboarding-requested",
        "{\"generation\": %d, \"reason\": \"by hand\"}".formatted(generation));
  }

  @Override
  public void close() {
    producer.close();
  }

  private void send(String tenant, String type, String data) {
    ProducerRecord<String, String> event = new ProducerRecord<>("tenant.events", tenant, data);
    header(event, "ce_specversion", "1.0");
    header(event, "ce_id", UUID.randomUUID().toString());
    header(event, "ce_source", source);
    header(event, "ce_type", "dev.berth.tenant." + type + ".v1");
    header(event, "ce_subject", tenant);
    header(event, "ce_time", clock.instant().toString());
    header(event, "content-type", "application/json");
    try {
      producer.send(event).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Kafka did not take the event: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void header(ProducerRecord<String, String> event, String name, String value) {
    event.headers().add(name, value.getBytes(UTF_8));
  }
}
