package dev.berth.store.quarantine;

import dev.berth.store.quarantine.QuarantinedRecord.RecordState;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which records are looked for; all that is set must hold. Equal filters have equal texts.
 *
 * @param reasons one of them; empty = any
 * @param since refused then or later
 * @param until refused then or earlier
 */
public record QuarantineFilter(
    Set<Reason> reasons,
    Provenance provenance,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable RecordState state) {

  public static final Provenance ANY = new Provenance(null, null, null);

  /**
   * From whom they seem to come, and where they lay.
   *
   * @param source as claimed, the whole of it
   * @param tenant as claimed, the whole of it
   */
  public record Provenance(
      @Nullable String source, @Nullable String tenant, @Nullable String topic) {}

  public QuarantineFilter {
    reasons = new TreeSet<>(reasons);
  }

  public QuarantineFilter in(RecordState only) {
    return new QuarantineFilter(reasons, provenance, since, until, only);
  }

  /** When the latest that it finds now can have been refused. */
  public Instant asOf(Instant now) {
    return until == null || now.isBefore(until) ? now : until;
  }

  /** As parts of a WHERE clause, with the parameters that {@link #parameters} has. */
  String conditions() {
    StringBuilder sql = new StringBuilder(" WHERE true");
    sql.append(reasons.isEmpty() ? "" : " AND reason IN (:reasons)");
    sql.append(provenance.source() == null ? "" : " AND claimed_source = :source");
    sql.append(provenance.tenant() == null ? "" : " AND claimed_tenant = :tenant");
    sql.append(provenance.topic() == null ? "" : " AND topic = :topic");
    sql.append(since == null ? "" : " AND refused_at >= :since");
    sql.append(until == null ? "" : " AND refused_at <= :until");
    // The word itself: an index for open ones is of use only where the planner sees it.
    sql.append(state == null ? "" : " AND state = '" + state.word() + "'");
    return sql.toString();
  }

  Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>();
    if (!reasons.isEmpty()) {
      parameters.put("reasons", reasons.stream().map(Enum::name).toList());
    }
    put(parameters, "source", provenance.source());
    put(parameters, "tenant", provenance.tenant());
    put(parameters, "topic", provenance.topic());
    put(parameters, "since", since);
    put(parameters, "until", until);
    return parameters;
  }

  private static void put(Map<String, Object> parameters, String name, @Nullable Object value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }
}
