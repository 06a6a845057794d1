package dev.berth.history;

import java.time.Duration;

/** {@code -Dhistories.slow=3} gives everything three times as long, on a machine that is busy. */
final class Pace {
  private static final int SLOW = Integer.getInteger("histories.slow", 1);

  private Pace() {}

  static Duration slowed(Duration time) {
    return time.multipliedBy(SLOW);
  }
}
