package dev.berth.history.judge;

import dev.berth.history.judge.evidence.Ledger;
import dev.berth.history.judge.evidence.Sight;
import dev.berth.history.judge.evidence.Sight.Entry;
import dev.berth.history.judge.evidence.Sight.Place;
import dev.berth.history.judge.evidence.Story;
import dev.berth.history.judge.evidence.Terms;
import dev.berth.history.judge.evidence.Told;
import dev.berth.history.judge.evidence.Wish;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether every tenant is where its newest event wants it, once nothing happens any more. */
final class Rest {
  private final Ledger ledger;
  private final Map<String, Terms> terms;

  Rest(Ledger ledger, Map<String, Terms> terms) {
    this.ledger = ledger;
    this.terms = terms;
  }

  Map<String, String> unsettled(Sight sight, Map<String, Story> stories) {
    Map<String, String> unsettled = new TreeMap<>();
    stories.forEach((tenant, story) ->
        story
            .newest()
            .filter(wish -> !hasLostItsClass(story, places(sight, tenant), sight))
            .flatMap(wish -> unsettled(story, wish, places(sight, tenant), sight))
            .ifPresent(why -> unsettled.put(tenant, why)));
    return unsettled;
  }

  /** It stays on its class, even where that is gone for good, and waits for a person. */
  private static boolean hasLostItsClass(Story story, List<Place> places, Sight sight) {
    return story
        .last()
        .filter(last -> Set.of("BLOCKED", "DEGRADED").contains(last.phase()))
        .filter(last -> last.reason().equals("RuntimeClassMissing"))
        .filter(last ->
            places.stream()
                .map(place -> place.label("berth.dev/runtime-class"))
                .anyMatch(it -> !it.isEmpty() && !sight.handlers().containsKey(it)))
        .isPresent();
  }

  static List<Place> places(Sight sight, String tenant) {
    return sight.places().values().stream().filter(it -> it.tenant().equals(tenant)).toList();
  }

  private Optional<String> unsettled(Story story, Wish wish, List<Place> places, Sight sight) {
    Told last = story.last().orElse(null);
    if (last == null) {
      // An offboarding of a tenant that never was publishes nothing.
      return wish.offboarding() ? Optional.empty() : Optional.of("nothing was told of it");
    }
    if (last.generation() != wish.generation()) {
      return Optional.of("generation " + wish.generation() + " is not in force: " + last);
    }
    if (story.state() == null || !story.state().data().equals(last.data())) {
      return Optional.of("the state topic does not hold its last step: " + last);
    }
    if (wish.offboarding()) {
      return remains(last, places);
    }
    boolean frozen = ledger.journal().isFrozen(story.tenant(), last.incarnation());
    return frozen && last.phase().equals("READY")
        ? Optional.of("READY although frozen: " + last)
        : missing(story, wish, last, places, sight);
  }

  private static Optional<String> remains(Told last, List<Place> places) {
    if (!last.phase().equals("OFFBOARDED")) {
      return Optional.of("not gone: " + last);
    }
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of("OFFBOARDED, and there are " + places.stream().map(Place::name).toList());
  }

  private Optional<String> missing(
      Story story, Wish wish, Told last, List<Place> places, Sight sight) {
    if (mayRemain(story, wish, last, places, sight)) {
      return Optional.empty();
    }
    if (!last.phase().equals("READY") || last.observed() != wish.generation()) {
      return Optional.of("not ready: " + last);
    }
    Set<String> expected = new TreeSet<>();
    for (String name : terms.get(wish.plan()).namespaces()) {
      expected.add("tenant-" + story.tenant() + (name.isEmpty() ? "" : "--" + name));
    }
    for (Place place : places) {
      Optional<String> wrong = wrong(place, wish, story, expected.remove(place.name()));
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return expected.isEmpty() ? Optional.empty() : Optional.of("READY without " + expected);
  }

  private boolean mayRemain(Story story, Wish wish, Told last, List<Place> places, Sight sight) {
    return isJustified(last, wish, story)
        || isFull(last, places)
        || isIntruded(last, places)
        || waitsForRoom(story, last, places, sight);
  }

  /** What only a person can mend: a plan that is not released, a namespace lost by hand. */
  private boolean isJustified(Told last, Wish wish, Story story) {
    if (!last.phase().equals("BLOCKED") && !last.phase().equals("DEGRADED")) {
      return false;
    }
    return switch (last.reason()) {
      case "PlanUnknown" -> !terms.containsKey(wish.plan());
      case "AccessFrozen" -> ledger.journal().mayBeFrozen(story.tenant(), last.incarnation());
      case "Withdrawn" ->
          ledger.journal().mayBeWithdrawn(story.tenant(), last.incarnation(), last.generation());
      case "NamespaceLost" -> ledger.lostByHand(story.tenant());
      // What is lost beside outranks it, and cannot be proven again without the namespace.
      case "RuntimeClassMissing" ->
          ledger.lostByHand(story.tenant()) && (last.saysClosed() || mayStayOpen(story));
      default -> false;
    };
  }

  /** It is proven by a pod that is only tried, and pods of others have all of the quota. */
  private static boolean isFull(Told last, List<Place> places) {
    return last.reason().equals("ProofInconclusive")
        && last.data().path("message").asText().contains("exceeded quota")
        && places.stream().anyMatch(place -> !place.pods().isEmpty());
  }

  /** In a class with few nodes, of which others have some. */
  private boolean waitsForRoom(Story story, Told last, List<Place> places, Sight sight) {
    Set<String> classes = new HashSet<>();
    places.forEach(place -> classes.add(place.label("berth.dev/runtime-class")));
    ledger.journal().last(story.tenant(), "move").ifPresent(order -> classes.add(order.to()));
    classes.removeIf(it -> !ledger.isNarrow(it));
    return last.phase().equals("WAITLISTED")
        && sight.places().values().stream()
            .filter(place -> !place.tenant().equals(story.tenant()))
            .anyMatch(place -> classes.contains(place.label("berth.dev/runtime-class")));
  }

  private boolean mayStayOpen(Story story) {
    return story.plans().stream()
        .anyMatch(plan -> terms.containsKey(plan) && !terms.get(plan).closes());
  }

  /**
   * Somebody whom a person let in: Berth may tell of it, and does not take what it did not give.
   */
  private boolean isIntruded(Told last, List<Place> places) {
    return (last.phase().equals("BLOCKED") || last.phase().equals("DEGRADED"))
        && places.stream()
            .flatMap(place -> place.entries().stream())
            .anyMatch(entry -> ledger.isIntruder(entry.subject()));
  }

  /** Nobody else in, and in the plan's namespaces everybody whom the snapshot names. */
  private Optional<String> wrong(Place place, Wish wish, Story story, boolean ofThePlan) {
    boolean changedByHand = ledger.wasTampered(place.name(), "let in", story.lastReady());
    Optional<Entry> stranger =
        place.entries().stream()
            .filter(entry -> isStranger(entry, wish) && !(isIntruder(entry) && changedByHand))
            .findFirst();
    if (stranger.isPresent()) {
      return stranger.map(entry -> place.name() + " lets in " + entry);
    }
    if (ofThePlan && !changedByHand && !letsInAll(place, wish)) {
      return Optional.of(
          "%s lets in %s and not the owners %s, viewers %s"
              .formatted(place.name(), place.entries(), wish.owners(), wish.viewers()));
    }
    return ofThePlan && !place.missing().isEmpty()
        ? Optional.of(place.name() + " is READY without " + place.missing())
        : Optional.empty();
  }

  private boolean isIntruder(Entry entry) {
    return ledger.isIntruder(entry.subject());
  }

  /** A binding that a person made beside Berth's is not looked at. */
  private boolean isStranger(Entry entry, Wish wish) {
    return !wish.allows(entry) && !(isIntruder(entry) && entry.binding().startsWith("foreign"));
  }

  private static boolean letsInAll(Place place, Wish wish) {
    Set<String> owners = new HashSet<>(wish.owners());
    Set<String> viewers = new HashSet<>(wish.viewers());
    for (Entry entry : place.entries()) {
      if (entry.binding().equals("berth-owner")) {
        owners.remove(entry.subject());
      } else if (entry.binding().equals("berth-viewer")) {
        viewers.remove(entry.subject());
      }
    }
    return owners.isEmpty() && viewers.isEmpty();
  }
}
