package dev.berth.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.Session;

/** Measures what waits. Each reading asks the database: callers keep it for a while. */
@ApplicationScoped
public class Backlogs {

  private static final String BY_PHASE =
      """
      SELECT phase, count(*) AS number FROM tenant WHERE status_seq > 0 GROUP BY phase
      """;

  private static final String DUE =
      """
      SELECT count(*) AS number, CAST(coalesce(extract(epoch FROM now() - min(next_run_at)) * 1000, 0) AS bigint) AS millis
        FROM tenant WHERE next_run_at <= now()
      """;

  private static final String UNPUBLISHED =
      """
      SELECT count(*) AS number, CAST(coalesce(extract(epoch FROM now() - min(created_at)) * 1000, 0) AS bigint) AS millis
        FROM outbox WHERE published_at IS NULL AND set_aside_at IS NULL
      """;

  private static final String PARKED =
      """
      SELECT count(*) FROM parked
      """;

  private static final String SET_ASIDE =
      """
      SELECT count(*) AS number, CAST(coalesce(extract(epoch FROM now() - min(created_at)) * 1000, 0) AS bigint) AS millis
        FROM outbox WHERE published_at IS NULL AND set_aside_at IS NOT NULL
      """;

  private final Session session;

  Backlogs(Session session) {
    this.session = session;
  }

  @Transactional
  public Backlog read() {
    Waiting due = waiting(DUE);
    Waiting unpublished = waiting(UNPUBLISHED);
    Waiting setAside = waiting(SET_ASIDE);
    return new Backlog(
        byPhase(),
        due.number,
        due.age(),
        unpublished.number,
        unpublished.age(),
        setAside.number,
        setAside.age(),
        session.createNativeQuery(PARKED, Long.class).getSingleResult());
  }

  private Map<String, Long> byPhase() {
    Map<String, Long> byPhase = new TreeMap<>();
    List<PhaseCount> rows = session.createNativeQuery(BY_PHASE, PhaseCount.class).getResultList();
    rows.forEach(row -> byPhase.put(row.phase, row.number));
    return byPhase;
  }

  private Waiting waiting(String sql) {
    return session.createNativeQuery(sql, Waiting.class).getSingleResult();
  }

  record PhaseCount(String phase, long number) {}

  record Waiting(long number, long millis) {
    Duration age() {
      return Duration.ofMillis(millis);
    }
  }
}
