package dev.berth.api.live;

import dev.berth.api.Age;
import dev.berth.api.problem.Parameters;
import dev.berth.store.search.Standings.Reached;
import dev.berth.tenant.condition.Phase;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller waits for.
 *
 * @param phases one of which the tenant shall be in; none = the caller does not wait
 * @param timeout how long the caller is made to wait at most
 */
public record Wish(Set<Phase> phases, Duration timeout) {

  private static final Duration BY_DEFAULT = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** They are left only by somebody's doing. */
  private static final Set<Phase> DEAD_ENDS =
      EnumSet.of(Phase.BLOCKED, Phase.REJECTED, Phase.OFFBOARDED);

  /** How a wait ends. */
  public enum End {
    REACHED,
    TIMEOUT,
    /** Somebody must act first. */
    TERMINAL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Wish of(Map<String, List<String>> given) {
    Parameters parameters = new Parameters(given, Set.of("waitFor", "timeout"));
    Set<Phase> phases = parameters.any("waitFor", Phase.class);
    Duration timeout =
        parameters.read(
            "timeout",
            text -> Age.parse(text).filter(it -> it.compareTo(LONGEST) <= 0),
            "a number of seconds from 1s to 60s");
    parameters.check();
    return new Wish(phases, timeout == null ? BY_DEFAULT : timeout);
  }

  /** Whether the wait is over for a tenant that stands there; empty = it is not. */
  Optional<End> judge(Reached standing) {
    if (isIn(phases, standing)) {
      return Optional.of(End.REACHED);
    }
    return !standing.isMoving() && isIn(DEAD_ENDS, standing)
        ? Optional.of(End.TERMINAL)
        : Optional.empty();
  }

  private static boolean isIn(Set<Phase> phases, Reached standing) {
    return phases.stream().anyMatch(phase -> phase.name().equals(standing.phase()));
  }
}
