package dev.berth.history.judge.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What may be so for a moment and not for long: since when it is so without a break. */
public final class Watchlist {
  private final Ledger ledger;
  private final Map<String, Instant> since = new HashMap<>();
  private final Set<String> present = new HashSet<>();
  private Instant at = Instant.EPOCH;

  public Watchlist(Ledger ledger) {
    this.ledger = ledger;
  }

  public void begin(Instant moment) {
    since.keySet().retainAll(present);
    present.clear();
    at = moment;
  }

  /** How long it has been so, without the times for which Berth is excused. */
  public Duration lasts(String what) {
    present.add(what);
    return ledger.unexcused(since.computeIfAbsent(what, w -> at), at);
  }

  public Instant now() {
    return at;
  }

  public Instant since(String what) {
    return since.getOrDefault(what, at);
  }
}
