package dev.berth.api.figures;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is read at most once in five seconds, whoever asks. A reading that fails is not kept. */
public final class OnceInAWhile<T> {

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Supplier<T> reading;
  private final Ticks ticks;
  private @Nullable T latest;
  private long begun;

  public OnceInAWhile(Supplier<T> reading, Ticks ticks) {
    this.reading = reading;
    this.ticks = ticks;
  }

  /** Read within the last five seconds; who comes while it is being read waits for it. */
  public synchronized T latest() {
    long now = ticks.nanos();
    T before = latest;
    if (before != null && now - begun < FRESH.toNanos()) {
      return before;
    }
    T read = reading.get();
    latest = read;
    begun = now;
    return read;
  }
}
