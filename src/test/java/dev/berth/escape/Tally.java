package dev.berth.escape;

import static java.util.stream.Collectors.joining;

import dev.berth.escape.generator.Attempt;
import dev.berth.escape.generator.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of many attempts; keeps the objects of those only that will be needed again. */
final class Tally {
  /** Enough to find one that nobody else would refuse. */
  private static final int KEPT = 300;

  private final Map<String, long[]> kinds = new TreeMap<>();
  private final Map<String, Long> guards = new TreeMap<>();
  private final Map<String, List<Attempt>> refused = new TreeMap<>();
  private final List<Answer> escapes = new ArrayList<>();

  synchronized void add(Answer answer) {
    Attempt attempt = answer.attempt();
    String changed = attempt.before().isMissingNode() ? "" : " changed";
    String kind =
        attempt.target() + changed + (attempt.by().isEmpty() ? "" : " made by controllers");
    long[] counts = kinds.computeIfAbsent(kind, none -> new long[2]);
    counts[0]++;
    if (answer.isAdmitted()) {
      counts[1]++;
    } else {
      guards.merge(answer.guard(), 1L, Long::sum);
      List<Attempt> kept = refused.computeIfAbsent(answer.guard(), none -> new ArrayList<>());
      if (kept.size() < KEPT) {
        kept.add(attempt);
      }
    }
    if (answer.isEscape()) {
      escapes.add(answer);
    }
  }

  synchronized List<Answer> escapes() {
    return List.copyOf(escapes);
  }

  synchronized List<Attempt> refusedBy(String guard) {
    return List.copyOf(refused.getOrDefault(guard, List.of()));
  }

  /** Of what owners sent. */
  synchronized double shareAdmitted(Target target) {
    long[] counts = kinds.get(target.name());
    return (double) counts[1] / counts[0];
  }

  synchronized String text() {
    String byKind =
        kinds.entrySet().stream()
            .map(kind ->
                "  %-40s %6d sent %6d admitted"
                    .formatted(kind.getKey(), kind.getValue()[0], kind.getValue()[1]))
            .collect(joining("\n"));
    String byGuard =
        guards.entrySet().stream()
            .map(guard -> "  refused by %-29s %6d".formatted(guard.getKey(), guard.getValue()))
            .collect(joining("\n"));
    String byRule =
        escapes.stream()
            .flatMap(answer -> answer.breaches().stream())
            .collect(Collectors.groupingBy(breach -> breach, Collectors.counting()))
            .entrySet()
            .stream()
            .map(kind -> "  ESCAPES: %d x %s".formatted(kind.getValue(), kind.getKey()))
            .sorted()
            .limit(50)
            .collect(joining("\n"));
    return String.join("\n", byKind, byGuard, byRule);
  }
}
