package dev.berth.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When this replica last had work on tenants, so that what can wait does. */
@ApplicationScoped
public class Activity {

  private final Clock clock;
  private volatile Instant last = Instant.EPOCH;

  public Activity(Clock clock) {
    this.clock = clock;
  }

  public void worked() {
    last = clock.instant();
  }

  /** The epoch = not since its start. */
  public Instant last() {
    return last;
  }

  public boolean hasRestedFor(Duration lull) {
    return !clock.instant().isBefore(last.plus(lull));
  }
}
