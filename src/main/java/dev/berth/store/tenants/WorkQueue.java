package dev.berth.store.tenants;

import dev.berth.plan.capacity.Pool;
import dev.berth.store.Signal;
import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.List;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * When a tenant is due, and who works on it. Only the database clock counts; safety comes from the
 * epoch, never from the lease.
 */
@ApplicationScoped
class WorkQueue {

  /** Beyond it, the periodic look at the queue is soon enough. */
  private static final Duration LONGEST_TIMER = Duration.ofMinutes(1);

  /** A claimed tenant is due again when its lease ends, unless it is made due before. */
  private static final String CLAIM =
      """
      WITH due AS MATERIALIZED (
        SELECT tenant_id, lease_until IS NOT NULL AS expired FROM tenant
         WHERE next_run_at <= now() AND (lease_until IS NULL OR lease_until < now())
         ORDER BY next_run_at FOR UPDATE SKIP LOCKED LIMIT :limit),
      lease AS MATERIALIZED (
        SELECT clock_timestamp() + :lease * interval '1 millisecond' AS until)
      UPDATE tenant t
         SET lease_owner = :owner, lease_until = lease.until, next_run_at = lease.until, epoch = epoch + 1,
             seen_guarantees = :guarantees, seen_everything = :everything
        FROM due, lease
       WHERE t.tenant_id = due.tenant_id
      RETURNING t.*, due.expired
      """;

  /** No row = fenced. Made due since the claim = due at once, or the wake-up would be lost. */
  private static final String RELEASE =
      """
      UPDATE tenant
         SET epoch = epoch + 1, lease_owner = NULL, lease_until = NULL,
             next_run_at = CASE WHEN revision = :revision AND next_run_at = lease_until
                                THEN clock_timestamp() + CAST(:next AS bigint) * interval '1 millisecond'
                                ELSE now() END
       WHERE tenant_id = :tenant AND epoch = :epoch
      RETURNING coalesce(next_run_at <= now(), false),
                EXISTS (SELECT FROM action a WHERE a.tenant_id = :tenant AND a.state = 'PENDING' AND a.epoch < :epoch)
      """;

  private static final String MAKE_DUE =
      """
      UPDATE tenant SET next_run_at = now() WHERE tenant_id = :tenant
      """;

  private static final String MAKE_DUE_BY_NAMESPACE =
      """
      UPDATE tenant t SET next_run_at = now()
        FROM tenant_namespace n
       WHERE n.namespace = :namespace AND t.tenant_id = n.tenant_id AND t.phase <> 'OFFBOARDED'
      """;

  private static final String MAKE_STAYING_DUE_BY_NAMESPACE =
      """
      UPDATE tenant t SET next_run_at = now()
        FROM tenant_namespace n
       WHERE n.namespace = :namespace AND t.tenant_id = n.tenant_id AND NOT n.leaving
         AND t.phase NOT IN ('OFFBOARDING', 'DEPROVISIONING', 'OFFBOARDED')
      """;

  /**
   * Tenants that rest or are worked on, and were last checked with another outlook; what may hold
   * others back does not matter to open ones. Waits for no lock, so it cannot be part of a
   * deadlock.
   */
  private static final String MAKE_OUTDATED_DUE =
      """
      WITH outdated AS MATERIALIZED (
        SELECT tenant_id FROM tenant
         WHERE phase NOT IN ('OFFBOARDED', 'REJECTED')
           AND (next_run_at IS NULL OR next_run_at > now() OR next_run_at = lease_until)
           AND (seen_guarantees IS DISTINCT FROM :guarantees
                OR phase IN ('BLOCKED', 'FAILED', 'DEGRADED', 'WAITLISTED')
                   AND seen_everything IS DISTINCT FROM :everything)
         LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED)
      UPDATE tenant t SET next_run_at = now() FROM outdated WHERE t.tenant_id = outdated.tenant_id
      """;

  private static final String MAKE_HEAD_DUE =
      """
      UPDATE tenant SET next_run_at = now()
       WHERE tenant_id = (
         SELECT tenant_id FROM placement WHERE coalesce(wanted_pool, pool) = :pool AND wanted_memory IS NOT NULL
          ORDER BY priority DESC, arrived_at, tenant_id LIMIT 1)
      """;

  private final Session session;
  private final Signal due;

  WorkQueue(Session session, TransactionSynchronizationRegistry transactions) {
    this.session = session;
    this.due = new Signal(transactions);
  }

  /**
   * A claimed tenant.
   *
   * @param takenOver whether the lease of an earlier claim ran out
   */
  record Leased(TenantEntity row, boolean takenOver) {}

  List<Leased> claim(String owner, int limit, Duration lease, Outlook outlook) {
    return session
        .createNativeQuery(CLAIM, Object[].class)
        .addEntity("t", TenantEntity.class)
        .addScalar("expired", Boolean.class)
        .setParameter("owner", owner)
        .setParameter("limit", limit)
        .setParameter("lease", lease.toMillis())
        .setParameter("guarantees", outlook.guarantees())
        .setParameter("everything", outlook.everything())
        .getResultStream()
        .map(columns -> new Leased((TenantEntity) columns[0], (Boolean) columns[1]))
        .toList();
  }

  /** Whether actions on the tenant are pending that the claim carried out. */
  boolean release(Claim claim, @Nullable Duration next) {
    List<ReleasedRow> released =
        session
            .createNativeQuery(RELEASE, ReleasedRow.class)
            .setParameter("tenant", claim.tenant().id().value())
            .setParameter("epoch", claim.epoch())
            .setParameter("revision", claim.tenant().revision())
            .setParameter("next", next == null ? null : next.toMillis(), Long.class)
            .getResultList();
    if (released.isEmpty()) {
      throw new IllegalStateException(
          "the claim of tenant %s is void; lock it before recording"
              .formatted(claim.tenant().id()));
    }
    if (released.getFirst().due()) {
      due.raiseAfterCommit(Duration.ZERO);
    } else if (next != null && next.compareTo(LONGEST_TIMER) <= 0) {
      due.raiseAfterCommit(next);
    }
    return released.getFirst().acted();
  }

  record ReleasedRow(boolean due, boolean acted) {}

  void makeDue(TenantId tenant) {
    session
        .createNativeMutationQuery(MAKE_DUE)
        .setParameter("tenant", tenant.value())
        .executeUpdate();
    due.raiseAfterCommit(Duration.ZERO);
  }

  boolean makeDueBy(String namespace) {
    return makeDueBy(MAKE_DUE_BY_NAMESPACE, namespace);
  }

  boolean makeStayingDueBy(String namespace) {
    return makeDueBy(MAKE_STAYING_DUE_BY_NAMESPACE, namespace);
  }

  private boolean makeDueBy(String statement, String namespace) {
    int made =
        session
            .createNativeMutationQuery(statement)
            .setParameter("namespace", namespace)
            .executeUpdate();
    due.raiseAfterCommit(Duration.ZERO);
    return made > 0;
  }

  int makeOutdatedDue(Outlook now, int limit) {
    int made =
        session
            .createNativeMutationQuery(MAKE_OUTDATED_DUE)
            .setParameter("guarantees", now.guarantees())
            .setParameter("everything", now.everything())
            .setParameter("limit", limit)
            .executeUpdate();
    due.raiseAfterCommit(Duration.ZERO);
    return made;
  }

  /** The first of those who wait for room in the pool. */
  void makeHeadDue(Pool pool) {
    session
        .createNativeMutationQuery(MAKE_HEAD_DUE)
        .setParameter("pool", pool.name())
        .executeUpdate();
    due.raiseAfterCommit(Duration.ZERO);
  }

  boolean awaitDue(Duration patience) throws InterruptedException {
    return due.await(patience);
  }
}
