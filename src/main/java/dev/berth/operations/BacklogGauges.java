package dev.berth.operations;

import dev.berth.store.Backlog;
import dev.berth.store.Backlogs;
import dev.berth.tenant.condition.Phase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What waits, as metrics. A scrape never asks the database: the figures are read every 15 s, and
 * are absent while they cannot be.
 */
@Singleton
public class BacklogGauges {

  private static final Logger LOG = Logger.getLogger(BacklogGauges.class);

  private final Backlogs backlogs;
  private final MeterRegistry registry;
  private volatile @Nullable Backlog latest;

  BacklogGauges(Backlogs backlogs, MeterRegistry registry) {
    this.backlogs = backlogs;
    this.registry = registry;
  }

  void onStart(@Observes StartupEvent start) {
    for (Phase phase : Phase.values()) {
      gauge("berth.tenants", "Tenants", b -> b.tenants().getOrDefault(phase.name(), 0L))
          .tag("phase", phase.name())
          .register(registry);
    }
    gauge("berth.tenants", "Tenants", BacklogGauges::inOtherPhases)
        .tag("phase", "OTHER")
        .register(registry);
    gauge("berth.due.tenants", "Tenants whose time has come", Backlog::due).register(registry);
    gauge("berth.outbox.pending", "Events that wait to be published", Backlog::unpublished)
        .register(registry);
    gauge(
            "berth.outbox.set.aside",
            "Events that cannot be sent, or wait behind one",
            Backlog::setAside)
        .register(registry);
    gauge("berth.requests.parked", "Requests whose tenant cannot be read", Backlog::parked)
        .register(registry);
    seconds(
        "berth.outbox.set.aside.oldest",
        "Wait of the oldest event that was set aside",
        b -> b.oldestSetAside().toMillis());
    seconds("berth.due.oldest", "Wait of the tenant due longest", b -> b.oldestDue().toMillis());
    seconds(
        "berth.outbox.oldest",
        "Wait of the oldest unpublished event",
        b -> b.oldestUnpublished().toMillis());
  }

  /** Phases of a newer version, while the replicas are of two. */
  private static double inOtherPhases(Backlog backlog) {
    Set<String> known = Stream.of(Phase.values()).map(Phase::name).collect(Collectors.toSet());
    return backlog.tenants().entrySet().stream()
        .filter(phase -> !known.contains(phase.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
  public void refresh() {
    try {
      latest = backlogs.read();
    } catch (RuntimeException e) {
      latest = null;
      LOG.warnf("The backlog cannot be read, its metrics are absent: %s", e.getMessage());
    }
  }

  private void seconds(String name, String description, ToDoubleFunction<Backlog> millis) {
    gauge(name, description, b -> millis.applyAsDouble(b) / 1000)
        .baseUnit("seconds")
        .register(registry);
  }

  private Gauge.Builder<BacklogGauges> gauge(
      String name, String description, ToDoubleFunction<Backlog> figure) {
    return Gauge.builder(name, this, gauges -> gauges.value(figure)).description(description);
  }

  private double value(ToDoubleFunction<Backlog> figure) {
    Backlog known = latest;
    return known == null ? Double.NaN : figure.applyAsDouble(known);
  }
}
