package dev.berth.console.fleet;

import dev.berth.console.Badge;
import dev.berth.tenant.condition.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How many tenants are in a phase, beside the others.
 *
 * @param width of its bar, of 100
 */
public record PhaseBar(Badge mark, long tenants, long width) {

  /** In the order of phases; those of a newer version come last. */
  static List<PhaseBar> all(Map<String, Long> counts) {
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
    List<String> known = Arrays.stream(Phase.values()).map(Phase::name).toList();
    Stream<String> newer = counts.keySet().stream().filter(phase -> !known.contains(phase));
    return Stream.concat(known.stream().filter(counts::containsKey), newer)
        .map(phase -> bar(phase, counts.getOrDefault(phase, 0L), most))
        .toList();
  }

  /** A single one among thousands is seen too. */
  private static PhaseBar bar(String phase, long tenants, long most) {
    return new PhaseBar(Badge.ofPhase(phase), tenants, Math.max(1, tenants * 100 / most));
  }
}
