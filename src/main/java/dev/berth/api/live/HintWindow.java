package dev.berth.api.live;

import dev.berth.store.outbox.OutboxTail.Added;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells what is new among turns that are seen again and again: a transaction that took its turn
 * early may commit late, so the last seconds are always read anew. For one thread.
 */
final class HintWindow {

  private static final Duration OVERLAP = Duration.ofSeconds(10);

  private final TreeMap<Long, Instant> seen = new TreeMap<>();
  private long from;

  /**
   * @param from after which everything is news
   */
  HintWindow(long from) {
    this.from = from;
  }

  /** After which turn is to be read. */
  long from() {
    return from;
  }

  /** Whose turns were not seen before. */
  Set<String> news(Collection<Added> read, Instant now) {
    Set<String> news = new LinkedHashSet<>();
    for (Added turn : read) {
      if (seen.putIfAbsent(turn.number(), now) == null) {
        news.add(turn.aggregate());
      }
    }
    forget(now.minus(OVERLAP));
    return news;
  }

  private void forget(Instant before) {
    while (!seen.isEmpty() && seen.firstEntry().getValue().isBefore(before)) {
      Map.Entry<Long, Instant> oldest = seen.pollFirstEntry();
      from = Math.max(from, oldest.getKey());
    }
  }
}
