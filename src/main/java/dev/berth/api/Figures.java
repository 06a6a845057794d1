package dev.berth.api;

import dev.berth.store.Backlog;
import dev.berth.store.Backlogs;
import dev.berth.store.DataFault;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands and what waits, read once in a while however many ask: it takes all tenants. */
@ApplicationScoped
public class Figures {

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Backlogs backlogs;
  private final Clock clock;
  private @Nullable Counted latest;

  Figures(Backlogs backlogs, Clock clock) {
    this.backlogs = backlogs;
    this.clock = clock;
  }

  public record Counted(Instant readAt, Backlog backlog) {}

  public synchronized Counted latest() {
    Instant now = clock.instant();
    Counted before = latest;
    if (before != null && now.isBefore(before.readAt().plus(FRESH))) {
      return before;
    }
    Counted read = new Counted(now, backlogs.read());
    latest = read;
    return read;
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
