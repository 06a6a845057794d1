package dev.berth.history;

import java.time.Duration;

/** {@code -Dhistories.slow=3} gives everything three times as long, on a machine that is busy. */
final class Pace {
  private static final int SLOW = Integer.getInteger("histories.slow", 1);

  /**
   * How long may take what is promised at once: longer beside other tests, which take the
   * processors away for seconds. The long form runs alone.
   */
  static final Duration PROMISED =
      slowed(Duration.ofSeconds(Boolean.getBoolean("berth.long") ? 10 : 20));

  private Pace() {}

  static Duration slowed(Duration time) {
    return time.multipliedBy(SLOW);
  }
}
