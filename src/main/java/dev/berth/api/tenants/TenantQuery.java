package dev.berth.api.tenants;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.problem.Parameters;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.Phase;
import java.util.Arrays;
import java.util.Base64;
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
record TenantQuery(
    @Nullable Phase phase, @Nullable PlanRef plan, int limit, @Nullable TenantId after) {

  private static final Set<String> PARAMETERS = Set.of("phase", "plan", "limit", "cursor");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,2}");
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;

  static TenantQuery of(Map<String, List<String>> given) {
    Parameters parameters = new Parameters(given, PARAMETERS);
    Phase phase =
        parameters.read("phase", TenantQuery::phase, "one of " + Arrays.toString(Phase.values()));
    PlanRef plan = parameters.read("plan", PlanRef::parse, "name or name@version");
    Integer limit =
        parameters.read("limit", TenantQuery::limit, "a whole number from 1 to " + MAX_LIMIT);
    TenantQuery first = new TenantQuery(phase, plan, limit == null ? DEFAULT_LIMIT : limit, null);
    TenantId after =
        parameters.read(
            "cursor",
            first::position,
            "the nextCursor of a page with the same phase and plan; begin without a cursor");
    parameters.check();
    return new TenantQuery(phase, plan, first.limit, after);
  }

  /** Where the page after {@code last} begins: opaque, and good for the same filters only. */
  String cursor(TenantId last) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString((scope() + last).getBytes(UTF_8));
  }

  private Optional<TenantId> position(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      return text.startsWith(scope())
          ? TenantId.parse(text.substring(scope().length()))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private String scope() {
    return phase + " " + plan + " ";
  }

  private static Optional<Phase> phase(String name) {
    return Arrays.stream(Phase.values()).filter(phase -> phase.name().equals(name)).findAny();
  }

  private static Optional<Integer> limit(String text) {
    return Optional.of(text)
        .filter(t -> NUMBER.matcher(t).matches())
        .map(Integer::valueOf)
        .filter(n -> n <= MAX_LIMIT);
  }
}
