package dev.berth.history.judge;

import dev.berth.history.judge.evidence.Ledger;
import dev.berth.history.judge.evidence.Sight;
import dev.berth.history.judge.evidence.Sight.Entry;
import dev.berth.history.judge.evidence.Sight.Place;
import dev.berth.history.judge.evidence.Story;
import dev.berth.history.judge.evidence.Terms;
import dev.berth.history.judge.evidence.Told;
import dev.berth.history.judge.evidence.Violation;
import dev.berth.history.judge.evidence.Watchlist;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What may never be, not even for a while: pure, of what was seen each second. */
final class Promises {
  private final Ledger ledger;
  private final Map<String, Terms> terms;
  private final Duration promised;
  private final Watchlist watchlist;
  private final Consumer<Violation> violations;
  private final Set<String> known = new HashSet<>();
  private final Map<String, Stay> stays = new HashMap<>();
  private final Set<String> guarded = new HashSet<>();

  Promises(
      Ledger ledger,
      Map<String, Terms> terms,
      Duration promised,
      Watchlist watchlist,
      Consumer<Violation> violations) {
    this.ledger = ledger;
    this.terms = terms;
    this.promised = promised;
    this.watchlist = watchlist;
    this.violations = violations;
  }

  void look(Sight sight, Map<String, Story> stories) {
    watchlist.begin(sight.at());
    for (Place place : sight.places().values()) {
      Story story = stories.computeIfAbsent(place.tenant(), Story::new);
      story.saw(sight.at(), place.name(), shown(place, sight));
      strangers(place, story);
      frozen(place, story);
      lostGuarantee(place, story, sight);
      unguarded(place, story);
      moved(place, story);
      saidClosed(place, story);
      saidOpen(place, story);
    }
    for (Story story : stories.values()) {
      story
          .last()
          .filter(last -> last.phase().equals("OFFBOARDED"))
          .ifPresent(last -> saidGone(story, sight));
    }
  }

  private static String shown(Place place, Sight sight) {
    return "%s%s in: %s%s%s"
        .formatted(
            place.label("berth.dev/runtime-class"),
            place.terminating() ? " (terminating)" : "",
            place.entries(),
            place.missing().isEmpty() ? "" : ", without " + place.missing(),
            sight.lost().isEmpty() ? "" : ", cluster without " + new TreeSet<>(sight.lost()));
  }

  /** Who is in, without those whom a person let in. */
  private List<Entry> given(Place place) {
    return place.entries().stream().filter(it -> !ledger.isIntruder(it.subject())).toList();
  }

  private void strangers(Place place, Story story) {
    for (Entry entry : place.entries()) {
      if (!story.allows(entry) && !ledger.isIntruder(entry.subject())) {
        tooLong(
            "Stranger",
            place,
            story,
            "stranger|" + place.name() + entry,
            entry + " is in, and not by the newest applied snapshot");
      }
    }
  }

  private void frozen(Place place, Story story) {
    List<Entry> inside = given(place);
    story
        .last()
        .filter(last ->
            ledger.journal().isFrozen(place.tenant(), last.incarnation()) && !inside.isEmpty())
        .ifPresent(last ->
            tooLong(
                "OpenThoughFrozen",
                place,
                story,
                "frozen|" + place.name(),
                inside + " in although an operator froze the tenant"));
  }

  private void lostGuarantee(Place place, Story story, Sight sight) {
    Set<String> lost = lost(place, story, sight);
    // Counted from the loss, whoever is in: one who comes in later is in at once for too long.
    List<Entry> inside = given(place);
    for (String loss : lost) {
      String key = "lost|" + place.name() + loss;
      Duration lasts = watchlist.lasts(key);
      if (closes(story) && !inside.isEmpty() && lasts.compareTo(promised) > 0) {
        violate("OpenWithoutGuarantee", place, story, key, inside + " in although lost: " + loss);
      }
    }
  }

  private Set<String> lost(Place place, Story story, Sight sight) {
    Set<String> lost = new TreeSet<>(sight.lost());
    String runtimeClass = place.label("berth.dev/runtime-class");
    if (place.label("berth.dev/isolation").equals("shared") || !isSandboxed(story)) {
      lost.removeIf(it -> it.endsWith("/berth-sandbox"));
    } else if (!runtimeClass.isEmpty() && !"kata".equals(sight.handlers().get(runtimeClass))) {
      lost.add("class " + runtimeClass + " " + sight.handlers().get(runtimeClass));
    }
    return lost;
  }

  private void unguarded(Place place, Story story) {
    List<String> missing = new ArrayList<>(place.missing());
    if (place.label("berth.dev/isolation").equals("shared") && isSandboxed(story)) {
      missing.add("label berth.dev/isolation: sandboxed");
    }
    if (missing.isEmpty()) {
      guarded.add(place.uid());
    } else if (!given(place).isEmpty() && !place.terminating()) {
      String key = "unguarded|" + place.name();
      Duration bound = stood(place, story) ? promised : Duration.ofSeconds(2);
      if (watchlist.lasts(key).compareTo(bound) > 0) {
        violate("OpenWithoutGuards", place, story, key, "open without " + missing);
      }
    }
  }

  /**
   * Whether it had its guards before; all that is wrong with one that has everything may be that it
   * is still of a shared plan.
   */
  private boolean stood(Place place, Story story) {
    return guarded.contains(place.uid())
        || place.missing().isEmpty() && story.hasAskedFor(this::isShared)
        || ledger.wasTampered(place.name(), "label", Instant.EPOCH);
  }

  /** An open tenant stays on its class until its plan changes or an operator moves it. */
  private void moved(Place place, Story story) {
    // What was told while the cluster was being looked at is not of that look.
    boolean opened =
        story.last().filter(last -> story.wasReady(last.incarnation())).isPresent()
            && story.lastReady().isBefore(watchlist.now());
    Stay now = new Stay(story.plans(), place.label("berth.dev/runtime-class"), opened);
    Stay before = stays.put(place.uid(), now);
    if (before != null
        && now.isOtherThan(before)
        && !ledger.journal().mayHaveMoved(place.tenant(), now.runtimeClass())
        && !ledger.wasTampered(place.name(), "label", Instant.EPOCH)) {
      violate("Moved", place, story, "moved|" + place.uid(), "from " + before + " to " + now);
    }
  }

  /**
   * On which class a namespace is, under which plan.
   *
   * @param opened whether it was already: until then a tenant goes to the class that is best
   */
  private record Stay(Set<String> plans, String runtimeClass, boolean opened) {

    boolean isOtherThan(Stay before) {
      return before.opened()
          && opened
          && plans.size() == 1
          && plans.equals(before.plans())
          && !runtimeClass.isEmpty()
          && !before.runtimeClass().isEmpty()
          && !runtimeClass.equals(before.runtimeClass());
    }
  }

  private void saidClosed(Place place, Story story) {
    story
        .last()
        .filter(last -> saysClosed(last, story))
        .ifPresent(last -> {
          List<Entry> inside =
              place.entries().stream()
                  .filter(it ->
                      !ledger.isIntruder(it.subject())
                          || (last.saysClosed() && ledger.wasIn(it.subject(), read(story))))
                  .filter(it -> !last.mentions(it.subject()))
                  .toList();
          if (!inside.isEmpty()) {
            String key = "closed|" + place.name();
            tooLong("SaysClosed", place, story, key, inside + " in although told: " + last);
          }
        });
  }

  /** From when on nobody may have come in unseen: what is told was read somewhat earlier. */
  private Instant read(Story story) {
    return story.lastLook().minus(promised.dividedBy(2));
  }

  /** A change of access is told: who reads the events knows who is in. */
  private void saidOpen(Place place, Story story) {
    story
        .last()
        .filter(last -> last.saysOpen() && last.names(place.name()))
        .filter(last -> !place.terminating() && given(place).isEmpty())
        .filter(last -> !ledger.wasTampered(place.name(), "", Instant.EPOCH))
        .ifPresent(last ->
            tooLong(
                "SaysOpen",
                place,
                story,
                "open|" + place.name(),
                "nobody is in although told: " + last));
  }

  private static boolean saysClosed(Told last, Story story) {
    return switch (last.phase()) {
      case "OFFBOARDED" -> true;
      case "BLOCKED", "WAITLISTED" -> last.saysClosed() || !story.wasReady(last.incarnation());
      default -> last.saysClosed();
    };
  }

  private void saidGone(Story story, Sight sight) {
    for (Place place : sight.places().values()) {
      if (place.tenant().equals(story.tenant()) && !awaited(story)) {
        String key = "gone|" + place.name() + place.uid();
        tooLong("SaysGone", place, story, key, place.name() + " stands although told OFFBOARDED");
      }
    }
  }

  /** The next life may have begun before its event is out. */
  private static boolean awaited(Story story) {
    return story.newest().filter(wish -> !wish.offboarding()).isPresent();
  }

  private void tooLong(String rule, Place place, Story story, String key, String what) {
    if (watchlist.lasts(key).compareTo(promised) > 0) {
      violate(rule, place, story, key, what);
    }
  }

  private void violate(String rule, Place place, Story story, String key, String what) {
    Instant since = watchlist.since(key);
    if (known.add(rule + place.uid())) {
      String message = "%s since %s: %s".formatted(place.name(), since, what);
      violations.accept(new Violation(watchlist.now(), rule, story.tenant(), message));
    }
  }

  private boolean closes(Story story) {
    return !story.plans().isEmpty()
        && story.plans().stream()
            .allMatch(plan -> !terms.containsKey(plan) || terms.get(plan).closes());
  }

  private boolean isSandboxed(Story story) {
    return story.plans().stream().noneMatch(this::isShared);
  }

  private boolean isShared(String plan) {
    return terms.containsKey(plan) && !terms.get(plan).sandboxed();
  }
}
