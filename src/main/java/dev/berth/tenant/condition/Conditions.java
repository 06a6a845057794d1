package dev.berth.tenant.condition;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The conditions of a tenant, at most one of each type, in the order of {@link ConditionType}.
 * Immutable.
 */
public final class Conditions {

  public static final Conditions NONE = new Conditions(new EnumMap<>(ConditionType.class));

  private final Map<ConditionType, Condition> byType;

  private Conditions(Map<ConditionType, Condition> byType) {
    this.byType = byType;
  }

  public static Conditions of(Collection<Condition> conditions) {
    return NONE.with(conditions);
  }

  public Conditions with(Condition condition) {
    return with(List.of(condition));
  }

  /**
   * These with {@code changed} in the place of their predecessors; an unchanged status keeps its
   * transition time.
   */
  public Conditions with(Collection<Condition> changed) {
    Map<ConditionType, Condition> merged = new EnumMap<>(ConditionType.class);
    merged.putAll(byType);
    changed.forEach(c -> merged.merge(c.type(), c, (previous, next) -> next.after(previous)));
    return new Conditions(merged);
  }

  public Optional<Condition> get(ConditionType type) {
    return Optional.ofNullable(byType.get(type));
  }

  public boolean isTrue(ConditionType type) {
    return get(type).filter(c -> c.status() == Condition.Truth.True).isPresent();
  }

  /** Of a tenant that is ready: its isolation was tried, and an attempt was not refused. */
  boolean isIsolationBroken() {
    return isTrue(ConditionType.Ready)
        && get(ConditionType.IsolationVerified)
            .filter(c -> c.status() == Condition.Truth.False)
            .isPresent();
  }

  /** The condition that describes the tenant as a whole. */
  public Optional<Condition> headline() {
    return get(ConditionType.Offboarding)
        .or(() -> get(isIsolationBroken() ? ConditionType.IsolationVerified : ConditionType.Ready))
        .or(() -> get(ConditionType.Accepted));
  }

  public List<Condition> list() {
    return List.copyOf(byType.values());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Conditions that && byType.equals(that.byType);
  }

  @Override
  public int hashCode() {
    return byType.hashCode();
  }

  @Override
  public String toString() {
    return byType.values().toString();
  }
}
