package dev.berth.store.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** All tenants at a glance. Those that never had a step are left out. */
@ApplicationScoped
public class Fleet {

  private static final int MOST_EXAMPLES = 5;

  private static final String PHASES =
      """
      SELECT phase, count(*) AS tenants FROM tenant WHERE status_seq > 0 GROUP BY phase ORDER BY phase
      """;

  private static final String UNSETTLED =
      """
      SELECT phase, reason, count(*) AS tenants, min(phase_since) AS oldest,
             string_agg(tenant_id, ' ' ORDER BY place) FILTER (WHERE place <= :most) AS examples
        FROM (SELECT phase, reason, phase_since, tenant_id,
                     row_number() OVER (PARTITION BY phase, reason ORDER BY phase_since NULLS FIRST, tenant_id) AS place
                FROM tenant
               WHERE status_seq > 0 AND reason IS NOT NULL
                 AND phase IN ('ACCEPTED', 'WAITLISTED', 'PROVISIONING', 'UPDATING', 'DEGRADED', 'FAILED', 'BLOCKED',
                               'OFFBOARDING', 'DEPROVISIONING', 'REJECTED')) unsettled
       GROUP BY phase, reason ORDER BY min(phase_since) NULLS FIRST, reason, phase
      """;

  private static final String LATEST_CHANGES =
      """
      SELECT tenant_id, phase, reason, phase_since FROM tenant
       WHERE status_seq > 0 AND reason IS NOT NULL AND phase_since IS NOT NULL
       ORDER BY phase_since DESC, tenant_id LIMIT :most
      """;

  private final Session session;

  Fleet(Session session) {
    this.session = session;
  }

  /**
   * Tenants that are in the same phase for the same reason.
   *
   * @param phase maybe one of a newer version, as the reason
   * @param oldest when the first of them came into the phase; null = before Berth kept it
   * @param examples ids of the longest in the phase
   */
  public record Group(
      String phase, String reason, long tenants, @Nullable Instant oldest, List<String> examples) {}

  /** A tenant that came into its phase. */
  public record PhaseChange(String tenant, String phase, String reason, Instant since) {}

  /** How many tenants are in each phase, also in one of a newer version. */
  @Transactional
  public Map<String, Long> phases() {
    Map<String, Long> counts = new LinkedHashMap<>();
    session
        .createNativeQuery(PHASES, Tuple.class)
        .getResultStream()
        .forEach(row -> counts.put(row.get("phase", String.class), row.get("tenants", Long.class)));
    return counts;
  }

  /** Those in a phase that ought to pass, or are not taken in, the longest first. */
  @Transactional
  public List<Group> unsettled() {
    return session
        .createNativeQuery(UNSETTLED, Tuple.class)
        .setParameter("most", MOST_EXAMPLES)
        .getResultStream()
        .map(Fleet::group)
        .toList();
  }

  /** Who came into its phase last, the latest first. */
  @Transactional
  public List<PhaseChange> latestChanges(int most) {
    return session
        .createNativeQuery(LATEST_CHANGES, PhaseChange.class)
        .setParameter("most", most)
        .getResultList();
  }

  private static Group group(Tuple row) {
    return new Group(
        row.get("phase", String.class),
        row.get("reason", String.class),
        row.get("tenants", Long.class),
        row.get("oldest", Instant.class),
        List.of(row.get("examples", String.class).split(" ")));
  }
}
