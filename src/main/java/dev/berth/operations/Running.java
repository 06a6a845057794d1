package dev.berth.operations;

import dev.berth.plan.capacity.Room;
import dev.berth.plan.capacity.Usage;
import dev.berth.store.Backlog;
import dev.berth.store.Backlog.Figure;
import dev.berth.store.Backlog.Tally;
import dev.berth.store.Backlog.Waiting;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts what runs on the nodes for sandboxes, by the quotas of the namespaces that share them. */
@Singleton
class Running {

  private static final String USED = "used";

  private final Usage.Quotas quotas;

  Running(Usage.Quotas quotas) {
    this.quotas = quotas;
  }

  /** The figures, and what runs beside what is promised; nothing where no quota is known. */
  Backlog addedTo(Backlog backlog) {
    Map<String, Room> used = new TreeMap<>();
    backlog
        .of(Figure.NAMESPACE)
        .forEach(namespace ->
            quotas
                .of(namespace.detail())
                .ifPresent(usage -> used.merge(namespace.label(), usage.used(), Room::plus)));
    Stream<Tally> counted =
        used.entrySet().stream()
            .flatMap(of ->
                Stream.of(
                    tally(Figure.SANDBOXES, of.getKey(), of.getValue().sandboxes()),
                    tally(Figure.MEMORY, of.getKey(), of.getValue().memory())));
    Stream<Tally> others =
        backlog.tallies().stream().filter(tally -> tally.figure() != Figure.NAMESPACE);
    return new Backlog(Stream.concat(others, counted).toList());
  }

  private static Tally tally(Figure figure, String pool, long number) {
    return new Tally(figure, pool, USED, new Waiting(number, Duration.ZERO));
  }
}
