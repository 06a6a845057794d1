package dev.berth.history.judge.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All that is known of one tenant. */
public final class Story {
  private final String tenant;
  private final List<Wish> wishes = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private final Set<String> rejected = new HashSet<>();
  private final Map<Instant, List<String>> seen = new TreeMap<>();
  private final Map<String, String> shown = new HashMap<>();
  private @Nullable Told state;
  private @Nullable Told opened;
  private long accepted;

  public Story(String tenant) {
    this.tenant = tenant;
  }

  public String tenant() {
    return tenant;
  }

  public void wished(Wish wish) {
    wishes.add(wish);
  }

  public void told(Told step) {
    told.add(step);
    if (step.is("accepted")) {
      accepted = Math.max(accepted, step.generation());
    } else if (step.is("rejected")) {
      rejected.add(step.causedBy());
    } else if (step.phase().equals("READY")) {
      opened = step;
    }
  }

  public void stands(Told latest) {
    state = latest;
  }

  /** What changed in a namespace, for the story. */
  public void saw(Instant at, String namespace, String now) {
    if (!now.equals(shown.put(namespace, now))) {
      seen.computeIfAbsent(at, t -> new ArrayList<>()).add(namespace + " " + now);
    }
  }

  public Optional<Told> last() {
    return told.isEmpty() ? Optional.empty() : Optional.of(told.getLast());
  }

  /** When it was looked at last, of what was told: a wish is accepted without a look. */
  public Instant lastLook() {
    return told.reversed().stream()
        .filter(step -> !step.is("accepted"))
        .findFirst()
        .map(Told::at)
        .orElse(Instant.EPOCH);
  }

  public @Nullable Told state() {
    return state;
  }

  /** Whether the present life of the tenant was ever ready. */
  public boolean wasReady(int incarnation) {
    return opened != null && opened.incarnation() == incarnation;
  }

  public Instant lastReady() {
    return opened == null ? Instant.EPOCH : opened.at();
  }

  /** The newest one that Berth said it had accepted. */
  public Optional<Wish> applied() {
    return wishes.stream().filter(wish -> wish.generation() == accepted).findFirst();
  }

  /** The one of that generation, whatever became of it. */
  public Optional<Wish> of(long generation) {
    return wishes.stream().filter(wish -> wish.generation() == generation).findFirst();
  }

  /** All that may have been applied after that generation. */
  public List<Wish> after(long generation) {
    return wishes.stream()
        .filter(wish -> wish.generation() > generation && !rejected.contains(wish.id()))
        .toList();
  }

  /** That must be in force once everything has come to rest. */
  public Optional<Wish> newest() {
    return wishes.stream()
        .filter(wish -> !rejected.contains(wish.id()))
        .reduce((a, b) -> b.generation() > a.generation() ? b : a);
  }

  /** By the newest accepted wish, or by a later one of which Berth has not said anything yet. */
  public boolean allows(Sight.Entry entry) {
    return wishes.stream()
        .filter(wish -> wish.generation() >= accepted && !rejected.contains(wish.id()))
        .anyMatch(wish -> wish.allows(entry));
  }

  /** Names of the plans that the tenant is on or goes to. */
  public Set<String> plans() {
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

  /** Whether a plan with these terms was asked for, in whichever life. */
  public boolean hasAskedFor(Predicate<String> plan) {
    return wishes.stream().map(Wish::plan).anyMatch(plan);
  }

  /** Everything in the order in which it happened. */
  public String tell(Ledger ledger) {
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
