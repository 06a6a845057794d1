package dev.berth.operations;

import dev.berth.store.Backlog;
import dev.berth.store.Backlog.Figure;
import dev.berth.store.Backlog.Waiting;
import dev.berth.store.Backlogs;
import dev.berth.store.Schema;
import dev.berth.tenant.condition.Phase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What stands and what waits, as metrics. A scrape never asks the database: the figures are read
 * every 15 s, and are absent while they cannot be.
 */
@Singleton
public class BacklogGauges {

  private static final Logger LOG = Logger.getLogger(BacklogGauges.class);
  private static final Set<Phase> SETTLED =
      EnumSet.of(Phase.READY, Phase.OFFBOARDED, Phase.REJECTED);
  private static final Waiting NOBODY = new Waiting(0, Duration.ZERO);

  private final Backlogs backlogs;
  private final Running running;
  private final LabelledGauges labelled;
  private final MeterRegistry registry;
  private volatile @Nullable Backlog latest;

  BacklogGauges(
      Backlogs backlogs, Running running, LabelledGauges labelled, MeterRegistry registry) {
    this.running = running;
    this.backlogs = backlogs;
    this.labelled = labelled;
    this.registry = registry;
  }

  void onStart(@Observes StartupEvent start) {
    for (Phase phase : Phase.values()) {
      gauge("berth.tenants", "Tenants", b -> in(phase, b).number())
          .tag("phase", phase.name())
          .register(registry);
    }
    gauge("berth.tenants", "Tenants", BacklogGauges::inOtherPhases)
        .tag("phase", "OTHER")
        .register(registry);
    for (Phase phase : EnumSet.complementOf(EnumSet.copyOf(SETTLED))) {
      seconds(
              "berth.tenant.oldest.unsettled",
              "How long the tenant has not been settled that has not been longest",
              b -> in(phase, b))
          .tag("phase", phase.name())
          .register(registry);
    }
    waiting("berth.due.tenants", "Tenants that are due", Figure.DUE);
    oldest("berth.due.oldest", "Wait of the tenant due longest", Figure.DUE);
    waiting("berth.outbox.pending", "Events that wait to be published", Figure.UNPUBLISHED);
    oldest("berth.outbox.oldest", "Wait of the oldest unpublished event", Figure.UNPUBLISHED);
    waiting(
        "berth.outbox.set.aside",
        "Events that cannot be sent, or wait behind one",
        Figure.SET_ASIDE);
    oldest(
        "berth.outbox.set.aside.oldest",
        "Wait of the oldest event that was set aside",
        Figure.SET_ASIDE);
    waiting("berth.requests.parked", "Requests whose tenant cannot be read", Figure.PARKED);
  }

  private static Waiting in(Phase phase, Backlog backlog) {
    return backlog.phases().getOrDefault(phase.name(), NOBODY);
  }

  /** Phases of a newer version, while the replicas are of two. */
  private static double inOtherPhases(Backlog backlog) {
    Set<String> known = Stream.of(Phase.values()).map(Phase::name).collect(Collectors.toSet());
    return backlog.phases().entrySet().stream()
        .filter(phase -> !known.contains(phase.getKey()))
        .map(Map.Entry::getValue)
        .mapToLong(Waiting::number)
        .sum();
  }

  @Scheduled(
      every = "15s",
      delayed = "2s",
      skipExecutionIf = Schema.Unmigrated.class,
      concurrentExecution = ConcurrentExecution.SKIP)
  public synchronized void refresh() {
    try {
      Backlog read = running.addedTo(backlogs.read());
      latest = read;
      labelled.show(read);
    } catch (RuntimeException e) {
      latest = null;
      labelled.hide();
      LOG.warnf("The backlog cannot be read, its metrics are absent: %s", e.getMessage());
    }
  }

  private void waiting(String name, String description, Figure figure) {
    gauge(name, description, b -> b.total(figure).number()).register(registry);
  }

  private void oldest(String name, String description, Figure figure) {
    seconds(name, description, b -> b.total(figure)).register(registry);
  }

  private Gauge.Builder<BacklogGauges> seconds(
      String name, String description, Function<Backlog, Waiting> waiting) {
    return gauge(name, description, b -> waiting.apply(b).oldest().toMillis() / 1000.0)
        .baseUnit("seconds");
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
