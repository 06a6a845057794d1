package dev.berth.store;

import dev.berth.store.Backlog.Figure;
import dev.berth.store.Backlog.Tally;
import dev.berth.store.Backlog.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import org.hibernate.Session;

/**
 * Measures what stands and what waits. Each reading asks the database: callers keep it for a while.
 */
@ApplicationScoped
public class Backlogs {

  /**
   * One row cannot spoil the figures of the others: conditions that are no list, or times that are
   * none, count as absent. Conditions of tenants that are settled are not read.
   */
  private static final String FIGURES =
      """
      WITH stands AS (
        SELECT phase, plan_name, plan_version, held.*
          FROM tenant CROSS JOIN LATERAL (
            SELECT CAST(max(c ->> 'lastTransitionTime')
                          FILTER (WHERE c ->> 'lastTransitionTime' ~ '^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z$'
                                    AND (c ->> 'type' IN ('Accepted', 'Offboarding')
                                         OR c ->> 'type' IN ('Ready', 'IsolationVerified') AND c ->> 'status' = 'False'))
                        AS timestamptz) AS since,
                   max(c ->> 'reason') FILTER (WHERE c ->> 'type' = 'Ready') AS reason,
                   max(c ->> 'reason') FILTER (WHERE c ->> 'type' = 'Offboarding') AS leaving
              FROM json_array_elements(
                     CASE WHEN phase NOT IN ('READY', 'OFFBOARDED', 'REJECTED') AND json_typeof(conditions) = 'array'
                          THEN conditions ELSE '[]' END) c) held
         WHERE status_seq > 0)
      SELECT figure, coalesce(label, '') AS label, coalesce(detail, '') AS detail, number,
             greatest(CAST(coalesce(extract(epoch FROM now() - since) * 1000, 0) AS bigint), 0) AS millis
        FROM (
          SELECT 'PHASE' AS figure, phase AS label, NULL AS detail, count(*) AS number, min(since) AS since
            FROM stands GROUP BY phase
          UNION ALL
          SELECT 'PLAN', plan_name, CAST(plan_version AS text), count(*), NULL
            FROM stands WHERE plan_name IS NOT NULL AND phase NOT IN ('OFFBOARDED', 'REJECTED') GROUP BY 2, 3
          UNION ALL
          SELECT 'WAITLISTED', reason, NULL, count(*), min(since) FROM stands WHERE phase = 'WAITLISTED' GROUP BY reason
          UNION ALL
          SELECT 'DELETION', leaving, NULL, count(*), min(since)
            FROM stands WHERE phase IN ('BLOCKED', 'FAILED') AND leaving IS NOT NULL GROUP BY leaving
          UNION ALL
          SELECT 'DUE', NULL, NULL, count(*), min(next_run_at) FROM tenant WHERE next_run_at <= now()
          UNION ALL
          SELECT 'UNPUBLISHED', NULL, NULL, count(*), min(created_at)
            FROM outbox WHERE published_at IS NULL AND set_aside_at IS NULL
          UNION ALL
          SELECT 'SET_ASIDE', NULL, NULL, count(*), min(created_at)
            FROM outbox WHERE published_at IS NULL AND set_aside_at IS NOT NULL
          UNION ALL
          SELECT 'PARKED', NULL, NULL, count(*), NULL FROM parked WHERE until IS NULL
          UNION ALL
          SELECT 'QUARANTINE', reason, NULL, count(*), min(refused_at)
            FROM refused WHERE state = 'open' GROUP BY reason
          UNION ALL
          SELECT 'NAMESPACE', pool, namespace, 1, NULL FROM placement JOIN tenant_namespace USING (tenant_id)
          UNION ALL
          SELECT share.figure, share.pool, share.state,
                 CAST(least(sum(share.amount), 9223372036854775807) AS bigint), NULL
            FROM placement CROSS JOIN LATERAL (
              VALUES ('SANDBOXES', pool, 'promised', sandboxes), ('MEMORY', pool, 'promised', memory),
                     ('SANDBOXES', coalesce(wanted_pool, pool), 'wanted', coalesce(wanted_sandboxes, 0)),
                     ('MEMORY', coalesce(wanted_pool, pool), 'wanted', coalesce(wanted_memory, 0)))
              AS share (figure, pool, state, amount)
           GROUP BY share.figure, share.pool, share.state) figures
      """;

  private final Session session;

  Backlogs(Session session) {
    this.session = session;
  }

  @Transactional
  public Backlog read() {
    return new Backlog(
        session
            .createNativeQuery(FIGURES, FigureRow.class)
            .getResultStream()
            .map(FigureRow::tally)
            .toList());
  }

  record FigureRow(String figure, String label, String detail, long number, long millis) {
    Tally tally() {
      Waiting waiting = new Waiting(number, Duration.ofMillis(millis));
      return new Tally(Figure.valueOf(figure), label, detail, waiting);
    }
  }
}
