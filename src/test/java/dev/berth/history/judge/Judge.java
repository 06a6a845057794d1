package dev.berth.history.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.history.judge.evidence.Ledger;
import dev.berth.history.judge.evidence.Sight;
import dev.berth.history.judge.evidence.Story;
import dev.berth.history.judge.evidence.Terms;
import dev.berth.history.judge.evidence.Violation;
import dev.berth.history.judge.evidence.Watchlist;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final PodPromises pods;
  private final KeptActions kept;
  private final Records records;
  private final List<Violation> violations = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private @Nullable Instant looked;

  /** What Berth keeps of the actions that people took. */
  @FunctionalInterface
  public interface Records {

    /** The actions on the tenant, newest first; empty = nobody answers now. */
    Optional<JsonNode> actionsOf(String tenant);
  }

  /**
   * @param promised how long anything may take that is promised at once
   */
  public Judge(
      Eyes eyes,
      Ears ears,
      Records records,
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
    this.pods = new PodPromises(ledger, this::report);
    this.kept = new KeptActions(ledger.journal(), clock, this::report);
    this.records = records;
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
    pods.look(sight, ears.stories());
  }

  /** What is not as it must be once nothing happens any more, by tenant. */
  public Map<String, String> unsettled() {
    Sight sight = eyes.look(clock.instant());
    ears.listen();
    Map<String, String> unsettled = new Rest(ledger, terms).unsettled(sight, ears.stories());
    OrdersAtRest orders = new OrdersAtRest(ledger, terms);
    for (Story story : ears.stories().values()) {
      String tenant = story.tenant();
      if (ledger.journal().isOpen(tenant) && !unsettled.containsKey(tenant)) {
        ordered(orders, story, sight).ifPresent(why -> unsettled.put(tenant, why));
      }
    }
    return unsettled;
  }

  private Optional<String> ordered(OrdersAtRest orders, Story story, Sight sight) {
    JsonNode page = records.actionsOf(story.tenant()).orElse(null);
    if (page == null) {
      return Optional.of("nobody says what became of the actions");
    }
    List<JsonNode> actions = new ArrayList<>();
    page.path("items").forEach(actions::add);
    kept.look(story.tenant(), actions);
    Optional<String> unsettled =
        orders.unsettled(story, actions, Rest.places(sight, story.tenant()), sight);
    if (unsettled.isEmpty() && story.last().filter(it -> it.is("offboarded")).isPresent()) {
      ledger.journal().close(story.tenant());
    }
    return unsettled;
  }

  public void report(Violation violation) {
    if (known.add(violation.rule() + violation.tenant() + violation.what())) {
      violations.add(violation);
    }
  }
}
