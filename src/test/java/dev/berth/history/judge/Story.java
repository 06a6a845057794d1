package dev.berth.history.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that is known of one tenant. */
final class Story {
  private final String tenant;
  private final List<Wish> wishes = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private final Set<String> rejected = new HashSet<>();
  private final Map<Instant, List<String>> seen = new TreeMap<>();
  private final Map<String, String> shown = new HashMap<>();
  private @Nullable Told state;
  private @Nullable Told opened;
  private long accepted;

  Story(String tenant) {
    this.tenant = tenant;
  }

  String tenant() {
    return tenant;
  }

  void wished(Wish wish) {
    wishes.add(wish);
  }

  void told(Told step) {
    told.add(step);
    if (step.is("accepted")) {
      accepted = Math.max(accepted, step.generation());
    } else if (step.is("rejected")) {
      rejected.add(step.causedBy());
    } else if (step.phase().equals("READY")) {
      opened = step;
    }
  }

  void stands(Told latest) {
    state = latest;
  }

  /** What changed in a namespace, for the story. */
  void saw(Instant at, String namespace, String now) {
    if (!now.equals(shown.put(namespace, now))) {
      seen.computeIfAbsent(at, t -> new ArrayList<>()).add(namespace + " " + now);
    }
  }

  Optional<Told> last() {
    return told.isEmpty() ? Optional.empty() : Optional.of(told.getLast());
  }

  /** When it was looked at last, of what was told: a wish is accepted without a look. */
  Instant lastLook() {
    return told.reversed().stream()
        .filter(step -> !step.is("accepted"))
        .findFirst()
        .map(Told::at)
        .orElse(Instant.EPOCH);
  }

  @Nullable Told state() {
    return state;
  }

  /** Whether the present life of the tenant was ever ready. */
  boolean wasReady(int incarnation) {
    return opened != null && opened.incarnation() == incarnation;
  }

  Instant lastReady() {
    return opened == null ? Instant.EPOCH : opened.at();
  }

  /** The newest one that Berth said it had accepted. */
  Optional<Wish> applied() {
    return wishes.stream().filter(wish -> wish.generation() == accepted).findFirst();
  }

  /** That must be in force once everything has come to rest. */
  Optional<Wish> newest() {
    return wishes.stream()
        .filter(wish -> !rejected.contains(wish.id()))
        .reduce((a, b) -> b.generation() > a.generation() ? b : a);
  }

  /** By the newest accepted wish, or by a later one of which Berth has not said anything yet. */
  boolean allows(Sight.Entry entry) {
    return wishes.stream()
        .filter(wish -> wish.generation() >= accepted && !rejected.contains(wish.id()))
        .anyMatch(wish -> wish.allows(entry));
  }

  /** Names of the plans that the tenant is on or goes to. */
  Set<String> plans() {
    Set<String> plans = new HashSet<>();
    last().map(Told::plan).ifPresent(plans::add);
    if (opened != null) {
      plans.add(opened.plan());
    }
    wishes.stream()
        .filter(wish -> wish.generation() >= accepted && !wish.offboarding())
        .map(Wish::plan)
        .forEach(plans::add);
    plans.remove("");
    plans.remove("null");
    return plans;
  }

  /** Everything in the order in which it happened. */
  String tell(Ledger ledger) {
    TreeMap<Instant, StringBuilder> lines = new TreeMap<>();
    ledger.actsOn(tenant).forEach(act -> line(lines, act.at(), "  driver  ", act.text()));
    told.forEach(step -> line(lines, step.at(), "  event   ", step.toString()));
    seen.forEach((at, changes) -> changes.forEach(change -> line(lines, at, "  cluster ", change)));
    StringBuilder story = new StringBuilder("Tenant " + tenant + "\n");
    lines.values().forEach(story::append);
    return story.toString();
  }

  private static void line(
      TreeMap<Instant, StringBuilder> lines, Instant at, String who, String text) {
    lines
        .computeIfAbsent(at, t -> new StringBuilder())
        .append(at.toString().substring(11))
        .append(who)
        .append(text)
        .append('\n');
  }
}
