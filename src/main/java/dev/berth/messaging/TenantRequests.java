package dev.berth.messaging;

import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.intake.Intake;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of the tenants' topic in. A record is acknowledged when its verdict is
 * committed.
 */
@ApplicationScoped
class TenantRequests {

  private final Intake intake;
  private final Lifetime lifetime;
  private final Clock clock;
  private volatile @Nullable Instant inHand;

  TenantRequests(Intake intake, Lifetime lifetime, Clock clock, MeterRegistry registry) {
    this.intake = intake;
    this.lifetime = lifetime;
    this.clock = clock;
    Gauge.builder("berth.record.oldest.unacknowledged", this, TenantRequests::secondsInHand)
        .description("Age of the record that is being decided; those after it wait behind it")
        .baseUnit("seconds")
        .register(registry);
  }

  private double secondsInHand() {
    Instant since = inHand;
    return since == null
        ? 0
        : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0);
  }

  @Incoming("tenant-events")
  @Blocking
  void take(ConsumerRecord<byte[], byte[]> message) {
    inHand = Instant.ofEpochMilli(message.timestamp());
    lifetime.awaitServing();
    intake.take(RawRecords.of(message));
    inHand = null;
  }
}
