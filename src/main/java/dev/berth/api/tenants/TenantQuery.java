package dev.berth.api.tenants;

import dev.berth.api.Age;
import dev.berth.api.problem.Parameters;
import dev.berth.store.search.Cursor;
import dev.berth.store.search.TenantFilter;
import dev.berth.store.search.TenantFilter.Situation;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which page of which tenants is asked for.
 *
 * @param after the last tenant of the page before
 */
public record TenantQuery(TenantFilter filter, int limit, @Nullable TenantId after) {

  private static final Set<String> PARAMETERS =
      Set.of("phase", "reason", "plan", "label", "stuckFor", "q", "limit", "cursor");
  private static final Pattern PREFIX = Pattern.compile("[a-z0-9-]{1,40}");

  public static TenantQuery of(Map<String, List<String>> given) {
    Parameters parameters = new Parameters(given, PARAMETERS);
    TenantFilter filter = filter(parameters);
    int limit = parameters.limit();
    TenantId after = parameters.cursor(filter, TenantId::parse);
    parameters.check();
    return new TenantQuery(filter, limit, after);
  }

  private static TenantFilter filter(Parameters parameters) {
    Set<Phase> phases = parameters.any("phase", Phase.class);
    Set<Reason> reasons = parameters.any("reason", Reason.class);
    PlanRef plan = parameters.read("plan", PlanRef::parse, "name or name@version");
    Map<String, String> labels =
        parameters.read("label", Labels::parse, "key=value, or several of them with commas");
    Duration stuckFor =
        parameters.read("stuckFor", Age::parse, "a number and s, m, h or d, such as 15m");
    String prefix =
        parameters.read(
            "q",
            text -> Optional.of(text).filter(it -> PREFIX.matcher(it).matches()),
            "the beginning of a tenant id: letters, digits and hyphens");
    Situation situation =
        new Situation(
            stuckFor != null && phases.isEmpty() ? Phase.ON_THE_WAY : phases, reasons, stuckFor);
    return new TenantFilter(
        situation, plan, labels == null ? Map.of() : labels, prefix == null ? "" : prefix);
  }

  /** Where the page after {@code last} begins. */
  public String cursor(TenantId last) {
    return Cursor.of(filter, last.value());
  }
}
