package dev.berth.operations;

import dev.berth.store.Backlog;
import dev.berth.store.Backlog.Figure;
import dev.berth.store.Backlog.Tally;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Figures by what is known only when they are read: reasons, plans, nodes. There are as many as
 * Berth has reasons and the catalogue has plans in use; what is not counted is absent.
 */
@Singleton
class LabelledGauges {

  private final MultiGauge plans;
  private final MultiGauge waitlisted;
  private final MultiGauge deletions;
  private final MultiGauge quarantine;
  private final MultiGauge quarantineOldest;
  private final MultiGauge sandboxes;
  private final MultiGauge memory;

  LabelledGauges(MeterRegistry registry) {
    plans = gauge("berth.plan.tenants", "Tenants by plan", "", registry);
    waitlisted = gauge("berth.waitlisted.tenants", "Tenants that wait for room", "", registry);
    deletions = gauge("berth.deletions.blocked", "Removals that do not go on", "", registry);
    quarantine = gauge("berth.quarantine.open", "Records of a day not taken", "", registry);
    quarantineOldest =
        gauge("berth.quarantine.oldest", "Age of the oldest of them", "seconds", registry);
    sandboxes = gauge("berth.node.pool.sandboxes", "Sandboxes that share nodes", "", registry);
    memory = gauge("berth.node.pool.memory", "Memory of these sandboxes", "bytes", registry);
  }

  void show(Backlog backlog) {
    show(plans, backlog, Figure.PLAN, List.of("plan", "version"));
    show(waitlisted, backlog, Figure.WAITLISTED, List.of("reason"));
    show(deletions, backlog, Figure.DELETION, List.of("reason"));
    show(quarantine, backlog, Figure.QUARANTINE, List.of("reason"));
    register(
        quarantineOldest,
        backlog,
        Figure.QUARANTINE,
        List.of("reason"),
        tally -> tally.waiting().oldest().toMillis() / 1000.0);
    show(sandboxes, backlog, Figure.SANDBOXES, List.of("pool", "state"));
    show(memory, backlog, Figure.MEMORY, List.of("pool", "state"));
  }

  /** Nothing is known of any of them. */
  void hide() {
    show(new Backlog(List.of()));
  }

  private static MultiGauge gauge(
      String name, String description, String unit, MeterRegistry registry) {
    return MultiGauge.builder(name)
        .description(description)
        .baseUnit(unit.isEmpty() ? null : unit)
        .register(registry);
  }

  private static void show(MultiGauge gauge, Backlog backlog, Figure figure, List<String> labels) {
    register(gauge, backlog, figure, labels, Tally::number);
  }

  private static void register(
      MultiGauge gauge,
      Backlog backlog,
      Figure figure,
      List<String> labels,
      ToDoubleFunction<Tally> value) {
    gauge.register(
        backlog.of(figure).map(tally -> Row.of(tags(tally, labels), tally, value)).toList(), true);
  }

  private static Tags tags(Tally tally, List<String> labels) {
    Tags label = Tags.of(labels.getFirst(), tally.label());
    return labels.size() == 1 ? label : label.and(labels.get(1), tally.detail());
  }
}
