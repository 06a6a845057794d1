package dev.berth.store.tenants;

import static org.hibernate.query.QueryFlushMode.NO_FLUSH;

import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationReport;
import dev.berth.store.Json;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * When the isolation of tenants is verified, and the latest report of each. What writes joins the
 * caller's transaction; what reads needs none.
 */
@ApplicationScoped
public class Verifications {

  private static final String SCHEDULE =
      """
      UPDATE tenant SET verify_at = clock_timestamp() + :wait * interval '1 millisecond' WHERE tenant_id = :tenant
      """;

  private static final String FORGET =
      """
      WITH gone AS (DELETE FROM isolation_report WHERE tenant_id = :tenant)
      UPDATE tenant SET verify_at = NULL WHERE tenant_id = :tenant AND verify_at IS NOT NULL
      """;

  /** Work on tenants goes first: while one is due, none is verified. */
  private static final String CLAIM =
      """
      WITH next AS MATERIALIZED (
        SELECT tenant_id FROM tenant
         WHERE verify_at <= now() - :overdue * interval '1 millisecond'
           AND NOT EXISTS (SELECT FROM tenant WHERE next_run_at <= now() AND (lease_until IS NULL OR lease_until < now()))
         ORDER BY verify_at FOR NO KEY UPDATE SKIP LOCKED LIMIT 1)
      UPDATE tenant t SET verify_at = clock_timestamp() + :lease * interval '1 millisecond'
        FROM next WHERE t.tenant_id = next.tenant_id
      RETURNING t.*
      """;

  private static final String SAVE =
      """
      INSERT INTO isolation_report (tenant_id, incarnation, generation, verified_at, passed, lines)
      VALUES (:tenant, :incarnation, :generation, :verifiedAt, :passed, CAST(:lines AS json))
          ON CONFLICT (tenant_id) DO UPDATE
         SET incarnation = excluded.incarnation, generation = excluded.generation, verified_at = excluded.verified_at,
             passed = excluded.passed, lines = excluded.lines
      """;

  private static final String FIND =
      """
      SELECT incarnation, generation, verified_at AS "verifiedAt", CAST(lines AS text) AS lines
        FROM isolation_report WHERE tenant_id = :tenant
      """;

  private static final String DUE =
      """
      SELECT verify_at FROM tenant WHERE tenant_id = :tenant AND verify_at IS NOT NULL
      """;

  private final Session session;
  private final TenantRows rows;

  Verifications(Session session, TenantRows rows) {
    this.session = session;
    this.rows = rows;
  }

  public void schedule(TenantId tenant, Duration wait) {
    session
        .createNativeMutationQuery(SCHEDULE)
        .setQueryFlushMode(NO_FLUSH)
        .setParameter("tenant", tenant.value())
        .setParameter("wait", wait.toMillis())
        .executeUpdate();
  }

  /** The tenant is not verified any more, and its report is gone. */
  public void forget(TenantId tenant) {
    session
        .createNativeMutationQuery(FORGET)
        .setParameter("tenant", tenant.value())
        .executeUpdate();
  }

  /**
   * A tenant that is to be verified now; it is so again after {@code lease}, unless it is scheduled
   * before. One that cannot be read is passed over.
   *
   * @param overdue for how long it must have been waiting
   */
  public Optional<Tenant> claim(Duration lease, Duration overdue) {
    return rows
        .readable(
            session
                .createNativeQuery(CLAIM, TenantEntity.class)
                .setParameter("lease", lease.toMillis())
                .setParameter("overdue", overdue.toMillis())
                .getResultList())
        .stream()
        .findFirst();
  }

  /** Takes the place of the tenant's report before. */
  public void save(IsolationReport report) {
    session
        .createNativeMutationQuery(SAVE)
        .setParameter("tenant", report.tenant().value())
        .setParameter("incarnation", report.incarnation())
        .setParameter("generation", report.generation())
        .setParameter("verifiedAt", report.verifiedAt())
        .setParameter("passed", report.passed())
        .setParameter("lines", Json.write(report.lines()))
        .executeUpdate();
  }

  @Transactional
  public Optional<IsolationReport> find(TenantId tenant) {
    return session
        .createNativeQuery(FIND, VerificationRow.class)
        .setParameter("tenant", tenant.value())
        .uniqueResultOptional()
        .map(row -> row.report(tenant));
  }

  /** When the tenant is verified next; empty = once it is ready. */
  @Transactional
  public Optional<Instant> dueAt(TenantId tenant) {
    return session
        .createNativeQuery(DUE, Instant.class)
        .setParameter("tenant", tenant.value())
        .uniqueResultOptional();
  }

  record VerificationRow(int incarnation, long generation, Instant verifiedAt, String lines) {

    IsolationReport report(TenantId tenant) {
      return new IsolationReport(
          tenant,
          incarnation,
          generation,
          verifiedAt,
          List.of(Json.read(lines, IsolationLine[].class)));
    }
  }
}
