package dev.berth.store;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.hibernate.Session;

/** Deletes what is too old, in small transactions, on whichever replica comes first. */
@ApplicationScoped
class Purge {

  private static final int BATCH = 2000;

  /** But what still waits, and what can be replayed: its tenant was told, and is not told again. */
  private static final String INBOX =
      """
      DELETE FROM inbox WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM inbox i WHERE arrived_at < now() - :age * interval '1 millisecond'
           AND NOT EXISTS (SELECT FROM parked p WHERE (p.source, p.event_id) = (i.source, i.event_id))
           AND NOT EXISTS (SELECT FROM refused r
                            WHERE (r.topic, r."partition", r."offset") = (i.topic, i."partition", i."offset"))
         LIMIT :batch FOR UPDATE SKIP LOCKED))
      """;

  private static final String REFUSED =
      """
      DELETE FROM refused WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM refused WHERE refused_at < now() - :age * interval '1 millisecond'
         LIMIT :batch FOR UPDATE SKIP LOCKED))
      """;

  /**
   * The last 20 steps of a tenant are its timeline and stay. Where a restored database let numbers
   * jump they are not the last 20 numbers.
   */
  private static final String OUTBOX =
      """
      DELETE FROM outbox WHERE ctid = ANY (ARRAY(
        SELECT o.ctid FROM outbox o LEFT JOIN tenant t ON t.tenant_id = o.aggregateid
         WHERE o.published_at < now() - :age * interval '1 millisecond'
           AND (t.tenant_id IS NULL
                OR o.agg_seq <= t.status_seq - 20
                   AND o.agg_seq < (SELECT min(agg_seq)
                                      FROM (SELECT l.agg_seq FROM outbox l
                                             WHERE l.topic = o.topic AND l.aggregateid = o.aggregateid
                                             ORDER BY l.agg_seq DESC LIMIT 20) latest))
         LIMIT :batch FOR UPDATE OF o SKIP LOCKED))
      """;

  private static final String KEYS =
      """
      UPDATE action SET idempotency_key = NULL, body_sha256 = NULL WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM action
         WHERE idempotency_key IS NOT NULL AND at < now() - :age * interval '1 millisecond'
         LIMIT :batch FOR UPDATE SKIP LOCKED))
      """;

  private static final String ACTIONS =
      """
      DELETE FROM action WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM action WHERE state <> 'PENDING' AND at < now() - :age * interval '1 millisecond'
         LIMIT :batch FOR UPDATE SKIP LOCKED))
      """;

  private final Session session;
  private final StoreConfig config;

  Purge(Session session, StoreConfig config) {
    this.session = session;
    this.config = config;
  }

  @Scheduled(
      every = "${berth.store.purge-every}",
      delayed = "1m",
      skipExecutionIf = Schema.Unmigrated.class,
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void purge() {
    purge(REFUSED, config.refusedAge());
    purge(INBOX, config.inboxAge());
    purge(OUTBOX, config.outboxAge());
    purge(KEYS, config.keyAge());
    purge(ACTIONS, config.actionAge());
  }

  private void purge(String sql, Duration age) {
    int deleted;
    do {
      deleted = QuarkusTransaction.requiringNew().call(() -> delete(sql, age));
    } while (deleted == BATCH);
  }

  private int delete(String sql, Duration age) {
    return session
        .createNativeMutationQuery(sql)
        .setParameter("age", age.toMillis())
        .setParameter("batch", BATCH)
        .executeUpdate();
  }
}
