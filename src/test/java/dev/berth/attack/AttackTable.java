package dev.berth.attack;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came of the attacks, guard by guard. */
final class AttackTable {
  private final List<Attack> refused = new ArrayList<>();
  private final Map<Guard, List<Attack>> withoutGuard = new EnumMap<>(Guard.class);

  void refused(Attack attack) {
    refused.add(attack);
  }

  void succeededWithout(Guard guard, List<Attack> attacks) {
    withoutGuard.put(guard, attacks);
  }

  List<Attack> refused() {
    return refused;
  }

  /** In Markdown. */
  String text() {
    StringBuilder table = new StringBuilder();
    table.append("| guard | attacks refused | of them succeed without it | the first of these |\n");
    table.append("|---|---:|---:|---|\n");
    for (Guard guard : Guard.values()) {
      table.append(line(guard)).append('\n');
    }
    return table.append("| all | %d | %d | |%n".formatted(refused.size(), succeeded())).toString();
  }

  private String line(Guard guard) {
    long count = refused.stream().filter(it -> it.expected() == guard).count();
    if (!guard.isRemovable()) {
      return "| %s | %d | not removable: a part of the API server | |".formatted(guard, count);
    }
    List<Attack> succeeded = withoutGuard.getOrDefault(guard, List.of());
    String first = succeeded.isEmpty() ? "none" : succeeded.getFirst().toString();
    return "| %s | %d | %d | %s |".formatted(guard, count, succeeded.size(), first);
  }

  private int succeeded() {
    return withoutGuard.values().stream().mapToInt(List::size).sum();
  }
}
