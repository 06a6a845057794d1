package dev.berth.messaging;

import dev.berth.store.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What this replica knows of its relaying, for logs, metrics and health: what cannot be sent is
 * told, and makes no replica unready, because all else goes on.
 */
@Default
@Readiness
@ApplicationScoped
class RelayState implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(RelayState.class);

  private final Topics topics;
  private final MeterRegistry registry;
  private final Map<String, String> refusing = new ConcurrentHashMap<>();
  private volatile String role = "not started";
  private volatile @Nullable String failure;
  private volatile long setAside;

  RelayState(Topics topics, MeterRegistry registry) {
    this.topics = topics;
    this.registry = registry;
  }

  /** Returns once the broker told about the topics: none must come to be by accident. */
  void awaitTopics() {
    topics.await();
  }

  /** Topics to which nothing is sent for now. */
  Set<String> held() {
    Set<String> held = new HashSet<>(refusing.keySet());
    held.addAll(topics.faulty());
    return held;
  }

  /** Those that refused may be tried again. */
  void tryAgain() {
    refusing.clear();
  }

  void failed(Outbox.Message message, SendFault fault) {
    count(fault);
    if (fault.kind() == SendFault.Culprit.TOPIC) {
      refusing.put(message.topic(), fault.toString());
      topics.look();
    }
    LOG.errorf(
        "event id=%s type=%s aggregate=%s sequence=%d cannot be sent to topic=%s and is set aside with what comes after it there: %s",
        message.id(),
        message.type(),
        message.aggregate(),
        message.sequence(),
        message.topic(),
        fault);
  }

  /** Nothing could be sent; it is tried again. */
  void interrupted(Throwable cause) {
    SendFault fault = SendFault.of(cause);
    count(fault);
    failure = fault.toString();
    topics.look();
  }

  void publishes(String transactionalId) {
    LOG.infof("this replica publishes the status events as %s", transactionalId);
    role = "publishes";
    failure = null;
  }

  void standsBy() {
    role = "stands by";
    failure = null;
  }

  void setAside(long messages) {
    setAside = messages;
  }

  private void count(SendFault fault) {
    registry
        .counter("berth.relay.faults", "kind", fault.kind().name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public HealthCheckResponse call() {
    String down = failure;
    var response = HealthCheckResponse.named("relay").status(down == null).withData("role", role);
    if (down != null) {
      response.withData("failure", down);
    }
    if (setAside > 0) {
      response.withData("setAside", setAside);
    }
    if (!refusing.isEmpty()) {
      response.withData("refusingTopics", new TreeMap<>(refusing).toString());
    }
    return response.build();
  }
}
