package dev.berth.kubernetes.object;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How often the same thing has happened of late. For any number of threads. */
public final class Recurrence<T> {

  private final int most;
  private final Duration window;
  private final Clock clock;
  private final Map<T, Deque<Instant>> latest = new HashMap<>();
  private Instant nextClearing = Instant.MIN;

  /** Something is excessive that happened more than {@code most} times within the window. */
  public Recurrence(int most, Duration window, Clock clock) {
    this.most = most;
    this.window = window;
    this.clock = clock;
  }

  public synchronized void note(T thing) {
    clear();
    Deque<Instant> times = latest.computeIfAbsent(thing, t -> new ArrayDeque<>());
    times.addLast(clock.instant());
    if (times.size() > most + 1) {
      times.removeFirst();
    }
  }

  public synchronized boolean isExcessive(T thing) {
    Deque<Instant> times = latest.get(thing);
    return times != null && times.size() > most && times.getFirst().isAfter(begin());
  }

  /** What is long past is forgotten, now and then. */
  private void clear() {
    if (!clock.instant().isBefore(nextClearing)) {
      latest.values().removeIf(times -> !times.getLast().isAfter(begin()));
      nextClearing = clock.instant().plus(window.dividedBy(10));
    }
  }

  private Instant begin() {
    return clock.instant().minus(window);
  }
}
