package dev.berth.history.judge.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the driver did, and when: its own faults excuse Berth for a while. */
public final class Ledger {
  /** Of what concerns all tenants. */
  public static final String EVERYBODY = "*";

  private final List<Act> acts = new CopyOnWriteArrayList<>();
  private final List<Outage> outages = new CopyOnWriteArrayList<>();
  private final List<Act> tamperings = new CopyOnWriteArrayList<>();
  private final Map<String, Instant> intruders = new ConcurrentHashMap<>();

  private final Set<String> narrow = ConcurrentHashMap.newKeySet();
  private final Journal journal = new Journal();

  public record Act(Instant at, String subject, String text) {}

  /** A time for which nothing is asked of Berth. */
  private record Outage(Instant from, Instant until) {}

  /** For the story of a tenant. */
  public void did(Instant at, String tenant, String text) {
    acts.add(new Act(at, tenant, text));
  }

  /** A replica, the database or a connection does not work, or has not for so long. */
  public void excuses(Instant from, Instant until) {
    outages.add(new Outage(from, until));
  }

  /** Something of Berth's in the namespace was changed by hand. */
  public void tampered(Instant at, String namespace, String text) {
    tamperings.add(new Act(at, namespace, text));
  }

  /** Somebody was let in by hand. */
  public void letIn(Instant at, String subject) {
    intruders.put(subject, at);
  }

  /** There are few nodes for the class: who goes there may wait for long. */
  public void narrow(String runtimeClass) {
    narrow.add(runtimeClass);
  }

  /** What operators asked of Berth. */
  public Journal journal() {
    return journal;
  }

  public boolean isNarrow(String runtimeClass) {
    return narrow.contains(runtimeClass);
  }

  /** With what befell everybody in its time. */
  public List<Act> actsOn(String tenant) {
    Instant first =
        acts.stream()
            .filter(act -> act.subject().equals(tenant))
            .map(Act::at)
            .min(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    return acts.stream()
        .filter(act ->
            act.subject().equals(tenant)
                || (act.subject().equals(EVERYBODY)
                    && act.at().isAfter(first.minus(Duration.ofMinutes(1)))))
        .toList();
  }

  public boolean isIntruder(String subject) {
    return intruders.containsKey(subject);
  }

  public boolean wasIn(String subject, Instant at) {
    return intruders.getOrDefault(subject, at).isBefore(at);
  }

  /** Whether anything that begins with {@code text} was done to the namespace since then. */
  public boolean wasTampered(String namespace, String text, Instant since) {
    return tamperings.stream()
        .anyMatch(it ->
            it.subject().equals(namespace) && it.text().startsWith(text) && it.at().isAfter(since));
  }

  /** Whether any namespace of the tenant was deleted by hand. */
  public boolean lostByHand(String tenant) {
    String first = "tenant-" + tenant;
    return tamperings.stream()
        .filter(it -> it.text().startsWith("deleted"))
        .anyMatch(it -> it.subject().equals(first) || it.subject().startsWith(first + "--"));
  }

  /** How much of the time Berth had everything it needs. */
  public Duration unexcused(Instant from, Instant until) {
    List<Outage> sorted = new ArrayList<>(outages);
    sorted.sort(Comparator.comparing(Outage::from));
    Duration all = Duration.between(from, until);
    Instant counted = from;
    for (Outage outage : sorted) {
      Instant begin = outage.from().isAfter(counted) ? outage.from() : counted;
      Instant end = outage.until().isBefore(until) ? outage.until() : until;
      if (begin.isBefore(end)) {
        all = all.minus(Duration.between(begin, end));
        counted = end;
      }
    }
    return all;
  }
}
