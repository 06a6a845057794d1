package dev.berth.store.search;

import static java.util.stream.Collectors.joining;

import dev.berth.tenant.condition.Phase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
                 AND phase IN (%s)) unsettled
       GROUP BY phase, reason ORDER BY min(phase_since) NULLS FIRST, reason, phase
      """
          .formatted(
              Stream.concat(Phase.ON_THE_WAY.stream(), Stream.of(Phase.REJECTED))
                  .map(phase -> "'" + phase + "'")
                  .collect(joining(", ")));

  private static final String LATEST_CHANGES =
      """
      SELECT tenant_id, phase, reason, phase_since FROM tenant
       WHERE status_seq > 0 AND reason IS NOT NULL AND phase_since IS NOT NULL
       ORDER BY phase_since DESC, tenant_id LIMIT :most
      """;

  private static final String LATEST_HOURS =
      """
      SELECT phase, CAST(greatest(0, floor(extract(epoch FROM now() - phase_since) / 3600)) AS int) AS hours_ago,
             count(*) AS tenants
        FROM tenant
       WHERE status_seq > 0 AND phase_since > now() - make_interval(hours => :hours)
       GROUP BY 1, 2
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

  /**
   * Tenants that came into their phase in the same hour.
   *
   * @param hoursAgo full ones until now
   */
  public record HourOfPhase(String phase, int hoursAgo, long tenants) {}

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

  /**
   * How many tenants came into the phase in which they are now, by hour.
   *
   * @param hours of the latest so many
   */
  @Transactional
  public List<HourOfPhase> latestHours(int hours) {
    return session
        .createNativeQuery(LATEST_HOURS, HourOfPhase.class)
        .setParameter("hours", hours)
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
