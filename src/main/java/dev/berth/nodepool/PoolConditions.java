package dev.berth.nodepool;

import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The conditions of a node pool, at most one of each aspect.
 *
 * @param list in the order of {@link Aspect}
 */
public record PoolConditions(List<PoolCondition> list) {

  public static final PoolConditions NONE = new PoolConditions(List.of());

  public PoolConditions {
    list = List.copyOf(list);
  }

  /** These with {@code changed} in the place of their predecessors. */
  public PoolConditions with(Collection<PoolCondition> changed) {
    Map<Aspect, PoolCondition> merged = new EnumMap<>(Aspect.class);
    list.forEach(condition -> merged.put(condition.aspect(), condition));
    changed.forEach(c -> merged.merge(c.aspect(), c, (before, next) -> next.after(before)));
    return new PoolConditions(List.copyOf(merged.values()));
  }

  public Optional<PoolCondition> get(Aspect aspect) {
    return list.stream().filter(condition -> condition.aspect() == aspect).findFirst();
  }

  /**
   * The condition that describes the pool as a whole: the first of the gravest that holds it back,
   * and where nothing does, the last that was reached.
   */
  public Optional<PoolCondition> headline() {
    return list.stream().reduce((first, next) -> outweighs(next, first) ? next : first);
  }

  public PoolPhase phase() {
    boolean served = isGood(Aspect.NodesReady) && isGood(Aspect.Sufficient);
    return headline()
        .map(condition -> PoolPhase.of(condition.reason().weight(), served))
        .orElse(PoolPhase.ENSURING);
  }

  private boolean isGood(Aspect aspect) {
    return get(aspect)
        .map(PoolCondition::reason)
        .map(Reason::weight)
        .equals(Optional.of(Weight.GOOD));
  }

  private static boolean outweighs(PoolCondition next, PoolCondition first) {
    int gravity = gravity(next.reason().weight());
    int before = gravity(first.reason().weight());
    return gravity > before || (gravity == 0 && before == 0);
  }

  private static int gravity(Weight weight) {
    return switch (weight) {
      case GOOD -> 0;
      case WAIVED -> 1;
      case PROGRESS, WAIT -> 2;
      case RETRY -> 3;
      case BLOCK, REFUSAL -> 4;
    };
  }
}
