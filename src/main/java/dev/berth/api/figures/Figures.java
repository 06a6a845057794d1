package dev.berth.api.figures;

import dev.berth.store.Backlog;
import dev.berth.store.Backlogs;
import dev.berth.store.DataFault;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** What stands and what waits, of all tenants. */
@ApplicationScoped
public class Figures {

  private final OnceInAWhile<Counted> counted;

  Figures(Backlogs backlogs, Clock clock, Ticks ticks) {
    this.counted = new OnceInAWhile<>(() -> new Counted(clock.instant(), backlogs.read()), ticks);
  }

  public record Counted(Instant readAt, Backlog backlog) {}

  public Counted latest() {
    return counted.latest();
  }

  /** Empty = the database cannot be read, which others tell. */
  public Optional<Counted> ifReadable() {
    try {
      return Optional.of(latest());
    } catch (RuntimeException e) {
      if (DataFault.caused(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
