package dev.berth.messaging;

import dev.berth.event.RawRecord;
import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.intake.Intake;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes the records of the tenants' topic in. A record is acknowledged when its verdict is
 * committed.
 */
@ApplicationScoped
class TenantRequests {

  private final Intake intake;
  private final Lifetime lifetime;

  TenantRequests(Intake intake, Lifetime lifetime) {
    this.intake = intake;
    this.lifetime = lifetime;
  }

  @Incoming("tenant-events")
  @Blocking
  void take(ConsumerRecord<byte[], byte[]> message) {
    lifetime.awaitServing();
    intake.take(raw(message));
  }

  private static RawRecord raw(ConsumerRecord<byte[], byte[]> message) {
    List<RawRecord.Header> headers =
        StreamSupport.stream(message.headers().spliterator(), false)
            .map((Header h) -> new RawRecord.Header(h.key(), h.value()))
            .toList();
    return new RawRecord(
        message.topic(),
        message.partition(),
        message.offset(),
        Instant.ofEpochMilli(message.timestamp()),
        message.key(),
        headers,
        message.value());
  }
}
