package dev.berth.history.judge;

import dev.berth.history.judge.evidence.Ledger;
import dev.berth.history.judge.evidence.Sight;
import dev.berth.history.judge.evidence.Sight.Place;
import dev.berth.history.judge.evidence.Sight.Pod;
import dev.berth.history.judge.evidence.Story;
import dev.berth.history.judge.evidence.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which pods may never be there, and which may not be ended: pure, of what was seen each second.
 */
final class PodPromises {
  /** API servers take a moment to judge by rules that were changed. */
  private static final Duration IN_FORCE = Duration.ofSeconds(5);

  private static final Duration HEARD = Duration.ofSeconds(4);

  private final Ledger ledger;
  private final Consumer<Violation> violations;
  private final Map<String, Past> pasts = new HashMap<>();
  private final List<Violation> suspicions = new ArrayList<>();
  private Instant lost = Instant.EPOCH;

  /** What was seen of one namespace so far. */
  private static final class Past {
    private final Set<String> classes = new HashSet<>();
    private final Map<String, Boolean> inside = new HashMap<>();
    private final Set<String> runOn = new HashSet<>();
    private @Nullable Instant sandboxed;
    private boolean frozen;
    private boolean stood;
  }

  PodPromises(Ledger ledger, Consumer<Violation> violations) {
    this.ledger = ledger;
    this.violations = violations;
  }

  void look(Sight sight, Map<String, Story> stories) {
    if (!sight.lost().isEmpty()) {
      lost = sight.at();
    }
    confirm(stories, sight.at());
    for (Place place : sight.places().values()) {
      Past past = pasts.computeIfAbsent(place.uid(), uid -> new Past());
      admitted(place, past, sight.at());
      frozen(place, past, stories.computeIfAbsent(place.tenant(), Story::new), sight.at());
    }
  }

  /** Only pods of the namespace's class, or of one into which an operator moves the tenant. */
  private void admitted(Place place, Past past, Instant at) {
    boolean strict = isStrict(place);
    if (!strict) {
      past.sandboxed = null;
    } else if (past.sandboxed == null) {
      past.sandboxed = at;
    }
    String named = place.label("berth.dev/runtime-class");
    past.classes.add(named);
    place
        .pods()
        .forEach((uid, pod) -> {
          boolean isNew =
              past.inside.putIfAbsent(uid, strict && pod.runtimeClass().equals(named)) == null;
          if (isNew && isInForce(past, at) && !mayRun(pod, place, past)) {
            violate("PodOutside", place, at, pod + " was let in, where " + past.classes + " may");
          }
        });
  }

  private boolean isStrict(Place place) {
    return place.label("berth.dev/isolation").equals("sandboxed")
        && !ledger.wasTampered(place.name(), "label", Instant.EPOCH);
  }

  private boolean isInForce(Past past, Instant at) {
    return past.sandboxed != null
        && past.sandboxed.plus(IN_FORCE).isBefore(at)
        && lost.plus(IN_FORCE).isBefore(at);
  }

  private boolean mayRun(Pod pod, Place place, Past past) {
    return past.classes.contains(pod.runtimeClass())
        || ledger.journal().mayHaveMoved(place.tenant(), pod.runtimeClass());
  }

  /** From when on Berth has told that it is frozen, until somebody asks to let it go. */
  private void frozen(Place place, Past past, Story story, Instant at) {
    boolean frozen = isFrozen(story);
    if (frozen) {
      ended(place, past, at);
    }
    past.stood = frozen && !place.terminating();
    past.runOn.clear();
    if (frozen && past.frozen) {
      place.pods().keySet().stream().filter(uid -> runs(place, uid)).forEach(past.runOn::add);
      past.runOn.removeIf(uid -> !past.inside.getOrDefault(uid, false));
    }
    past.frozen = frozen;
  }

  private void ended(Place place, Past past, Instant at) {
    if (!place.terminating()) {
      past.runOn.stream()
          .filter(uid -> !runs(place, uid))
          .forEach(uid -> suspect(place, at, "pod " + uid + " was ended"));
    } else if (past.stood && !ledger.wasTampered(place.name(), "deleted", Instant.EPOCH)) {
      suspect(place, at, "is being deleted");
    }
  }

  private void suspect(Place place, Instant at, String what) {
    suspicions.add(
        new Violation(at, "EndedThoughFrozen", place.tenant(), place.name() + ": " + what));
  }

  /** That the tenant leaves may be heard a moment after it is seen. */
  private void confirm(Map<String, Story> stories, Instant at) {
    suspicions.removeIf(it -> !isFrozen(stories.computeIfAbsent(it.tenant(), Story::new)));
    List<Violation> sure =
        suspicions.stream().filter(it -> it.at().plus(HEARD).isBefore(at)).toList();
    sure.forEach(violations);
    suspicions.removeAll(sure);
  }

  private static boolean runs(Place place, String uid) {
    Pod pod = place.pods().get(uid);
    return pod != null && !pod.ending();
  }

  private boolean isFrozen(Story story) {
    return story
            .last()
            .filter(last ->
                last.saysFrozen() && ledger.journal().isFrozen(story.tenant(), last.incarnation()))
            .isPresent()
        && story.newest().filter(wish -> !wish.offboarding()).isPresent();
  }

  private void violate(String rule, Place place, Instant at, String what) {
    violations.accept(new Violation(at, rule, place.tenant(), place.name() + ": " + what));
  }
}
