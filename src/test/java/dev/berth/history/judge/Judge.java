package dev.berth.history.judge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks every second, for what may never be, and at rest, for what must be. */
public final class Judge {
  private final Eyes eyes;
  private final Ears ears;
  private final Ledger ledger;
  private final Map<String, Terms> terms;
  private final Clock clock;
  private final Duration late;
  private final Promises promises;
  private final List<Violation> violations = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private @Nullable Instant looked;

  /**
   * @param promised how long anything may take that is promised at once
   */
  public Judge(
      Eyes eyes,
      Ears ears,
      Ledger ledger,
      Map<String, Terms> terms,
      Duration promised,
      Clock clock) {
    this.eyes = eyes;
    this.ears = ears;
    this.ledger = ledger;
    this.terms = terms;
    this.clock = clock;
    // Who looks later than that was kept from it by the machine, and so may Berth have been.
    this.late = promised.dividedBy(4);
    this.promises = new Promises(ledger, terms, promised, new Watchlist(ledger), this::report);
    ears.tell(this::report);
  }

  public List<Violation> violations() {
    return violations;
  }

  public String story(String tenant) {
    return ears.stories().getOrDefault(tenant, new Story(tenant)).tell(ledger);
  }

  /** For what may never be. */
  public void look() {
    Instant at = clock.instant();
    if (looked != null && Duration.between(looked, at).compareTo(late) > 0) {
      ledger.excuses(looked, at);
    }
    looked = at;
    Sight sight = eyes.look(at);
    ears.listen();
    promises.look(sight, ears.stories());
  }

  /** What is not as it must be once nothing happens any more, by tenant. */
  public Map<String, String> unsettled() {
    Sight sight = eyes.look(clock.instant());
    ears.listen();
    return new Rest(ledger, terms).unsettled(sight, ears.stories());
  }

  public void report(Violation violation) {
    if (known.add(violation.rule() + violation.tenant() + violation.what())) {
      violations.add(violation);
    }
  }
}
