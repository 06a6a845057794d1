package dev.berth.messaging;

import dev.berth.store.outbox.Outbox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What this replica knows about its relaying, for logs, metrics and health: what cannot be sent is
 * reported, but makes no replica unready, because everything else continues.
 */
@Default
@Readiness
@ApplicationScoped
class RelayState implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(RelayState.class);

  private static final String PUBLISHES = "publishes";
  private static final String STANDS_BY = "waits for another replica, which publishes";
  private static final String CANNOT = "cannot publish";

  /** The bound of the objective is 10 s. */
  private static final Duration[] DELAYS = {
    Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1)
  };

  private final Topics topics;
  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<String, String> refusing = new ConcurrentHashMap<>();
  private volatile Duty role;
  private volatile @Nullable String failure;
  private volatile long setAside;

  /** What this replica does, and since when it has done nothing else. */
  private record Duty(String name, Instant since) {}

  RelayState(Topics topics, MeterRegistry registry, Clock clock) {
    this.topics = topics;
    this.registry = registry;
    gauge("publishing", "Whether this replica publishes", s -> s.is(PUBLISHES));
    gauge("failing", "Whether this replica tried to publish and could not", s -> s.failure != null);
    this.clock = clock;
    this.role = new Duty("waits for the topics to be described", clock.instant());
  }

  /**
   * Returns once the broker has described the topics: none must be created by accident. False if
   * the application ends before.
   */
  boolean awaitTopics() {
    return topics.await();
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

  /** Times the way of the messages from the transactions that made them to the broker. */
  void published(List<Outbox.Message> messages) {
    Instant now = clock.instant();
    for (Outbox.Message message : messages) {
      String made = message.content().headers().get("ce_time");
      if (made != null) {
        Timer.builder("berth.publish.delay")
            .serviceLevelObjectives(DELAYS)
            .register(registry)
            .record(Duration.between(Instant.parse(made), now));
      }
    }
  }

  void failed(Outbox.Message message, SendFault fault) {
    count(fault);
    if (fault.kind() == SendFault.Culprit.TOPIC) {
      refusing.put(message.place().topic(), fault.toString());
      topics.look();
    }
    LOG.errorf(
        "event id=%s type=%s aggregate=%s sequence=%d cannot be sent to topic=%s and is set aside"
            + " with later ones there: %s",
        message.id(),
        message.type(),
        message.place().aggregate(),
        message.place().sequence(),
        message.place().topic(),
        fault);
  }

  /**
   * Nothing could be sent; it is tried again.
   *
   * @param why for who must mend it
   */
  void interrupted(Throwable cause, String why) {
    count(SendFault.of(cause));
    if (!why.equals(failure)) {
      LOG.errorf("nothing can be published: %s", why);
    }
    failure = why;
    becomes(CANNOT);
    topics.look();
  }

  void publishes(String name) {
    LOG.infof("this replica publishes the status events as %s", name);
    becomes(PUBLISHES);
    failure = null;
  }

  void standsBy() {
    becomes(STANDS_BY);
    failure = null;
  }

  void setAside(long messages) {
    setAside = messages;
  }

  private boolean is(String name) {
    return role.name().equals(name);
  }

  private void becomes(String name) {
    if (!is(name)) {
      role = new Duty(name, clock.instant());
    }
  }

  private void gauge(String name, String description, Predicate<RelayState> is) {
    Gauge.builder("berth.relay." + name, this, state -> is.test(state) ? 1 : 0)
        .description(description)
        .register(registry);
  }

  private void count(SendFault fault) {
    registry
        .counter("berth.relay.faults", "kind", fault.kind().name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public HealthCheckResponse call() {
    String down = failure;
    Duty now = role;
    var response =
        HealthCheckResponse.named("relay")
            .status(down == null)
            .withData("role", now.name())
            .withData("since", now.since().toString());
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
