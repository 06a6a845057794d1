package dev.berth.store.search;

import dev.berth.tenant.PlanRef;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which tenants are looked for; all that is set must hold. Equal filters have equal texts.
 *
 * @param labels of the snapshot in force, all of them
 * @param prefix with which the id begins, of letters, digits and hyphens
 */
public record TenantFilter(
    Situation situation, @Nullable PlanRef plan, Map<String, String> labels, String prefix) {

  public static final TenantFilter ALL =
      new TenantFilter(new Situation(Set.of(), Set.of(), null), null, Map.of(), "");

  /**
   * How a tenant fares.
   *
   * @param phases one of them; empty = any
   * @param reasons one of them, of the tenant as a whole; empty = any
   * @param longerThan in its phase; null = however long
   */
  public record Situation(Set<Phase> phases, Set<Reason> reasons, @Nullable Duration longerThan) {
    public Situation {
      phases = new TreeSet<>(phases);
      reasons = new TreeSet<>(reasons);
    }
  }

  public TenantFilter {
    labels = new TreeMap<>(labels);
  }
}
