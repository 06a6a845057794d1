package dev.berth.store;

import static org.hibernate.query.QueryFlushMode.NO_FLUSH;

import dev.berth.plan.Placement.Line;
import dev.berth.plan.Room;
import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;

/**
 * What tenants take of the nodes for sandboxes, and who waits for more. All within the caller's
 * transaction; nothing of it lies in entities, so nothing else need be written before.
 */
@ApplicationScoped
public class Placements {

  /** The lock is one for all pools: giving room is a matter of a millisecond. */
  private static final String LOCK =
      """
      SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended('berth.placement', 0))) locked
      """;

  private static final String HELD =
      """
      SELECT memory, cpu, sandboxes FROM placement WHERE tenant_id = :tenant AND pool = :pool
      """;

  private static final String LINE =
      """
      SELECT least(coalesce(sum(memory), 0), 9223372036854775807)::bigint,
             least(coalesce(sum(cpu), 0), 9223372036854775807)::bigint,
             least(coalesce(sum(sandboxes), 0), 9223372036854775807)::bigint,
             count(*) FILTER (WHERE ahead),
             least(coalesce(sum(greatest(wanted_memory - memory, 0)) FILTER (WHERE ahead), 0), 9223372036854775807)::bigint,
             least(coalesce(sum(greatest(wanted_cpu - cpu, 0)) FILTER (WHERE ahead), 0), 9223372036854775807)::bigint,
             least(coalesce(sum(greatest(wanted_sandboxes - sandboxes, 0)) FILTER (WHERE ahead), 0), 9223372036854775807)::bigint,
             least(coalesce(sum(sandboxes) FILTER (WHERE placed_at > now() - :window * interval '1 millisecond'), 0),
                   9223372036854775807)::bigint
        FROM (SELECT *,
                     wanted_memory IS NOT NULL
                     AND (-priority, arrived_at, tenant_id) < (-CAST(:priority AS int), :arrived, :tenant) AS ahead
                FROM placement WHERE pool = :pool AND tenant_id <> :tenant) others
      """;

  private static final String PLACE =
      """
      INSERT INTO placement (tenant_id, pool, priority, arrived_at, memory, cpu, sandboxes, placed_at)
      VALUES (:tenant, :pool, :priority, :arrived, :memory, :cpu, :sandboxes, clock_timestamp())
          ON CONFLICT (tenant_id)
          DO UPDATE SET pool = excluded.pool, priority = excluded.priority, arrived_at = excluded.arrived_at,
                        memory = excluded.memory, cpu = excluded.cpu, sandboxes = excluded.sandboxes,
                        placed_at = excluded.placed_at,
                        wanted_memory = NULL, wanted_cpu = NULL, wanted_sandboxes = NULL
      """;

  private static final String WAIT =
      """
      INSERT INTO placement (tenant_id, pool, priority, arrived_at, memory, cpu, sandboxes,
                             wanted_memory, wanted_cpu, wanted_sandboxes)
      VALUES (:tenant, :pool, :priority, :arrived, 0, 0, 0, :memory, :cpu, :sandboxes)
          ON CONFLICT (tenant_id)
          DO UPDATE SET priority = excluded.priority, arrived_at = excluded.arrived_at,
                        wanted_memory = excluded.wanted_memory, wanted_cpu = excluded.wanted_cpu,
                        wanted_sandboxes = excluded.wanted_sandboxes
      """;

  private static final String LEAVE_LINE =
      """
      UPDATE placement SET wanted_memory = NULL, wanted_cpu = NULL, wanted_sandboxes = NULL
       WHERE tenant_id = :tenant AND wanted_memory IS NOT NULL
      """;

  private static final String RELEASE =
      """
      DELETE FROM placement WHERE tenant_id = :tenant
      """;

  private final Session session;
  private final WorkQueue queue;

  Placements(Session session, WorkQueue queue) {
    this.session = session;
    this.queue = queue;
  }

  /**
   * A tenant that wants room.
   *
   * @param pool the nodes, by what selects them
   * @param arrived when this life of the tenant began
   */
  public record Applicant(TenantId tenant, String pool, int priority, Instant arrived) {}

  /** Waits until no other transaction gives room; until the end of this one none can. */
  public void lock() {
    session.createNativeQuery(LOCK, Integer.class).setQueryFlushMode(NO_FLUSH).getSingleResult();
  }

  /** What the tenant takes of the pool; empty if it was never given any or waited for it. */
  public Optional<Room> held(TenantId tenant, String pool) {
    return session
        .createNativeQuery(HELD, Room.class)
        .setQueryFlushMode(NO_FLUSH)
        .setParameter("tenant", tenant.value())
        .setParameter("pool", pool)
        .uniqueResultOptional();
  }

  /**
   * The others, as the applicant finds them. @param window how long a sandbox counts as starting
   */
  public Line line(Applicant applicant, Duration window) {
    Row row =
        session
            .createNativeQuery(LINE, Row.class)
            .setQueryFlushMode(NO_FLUSH)
            .setParameter("tenant", applicant.tenant().value())
            .setParameter("pool", applicant.pool())
            .setParameter("priority", applicant.priority())
            .setParameter("arrived", applicant.arrived())
            .setParameter("window", window.toMillis())
            .getSingleResult();
    return new Line(
        new Room(row.memory, row.cpu, row.sandboxes),
        Math.toIntExact(row.ahead),
        new Room(row.memoryAhead, row.cpuAhead, row.sandboxesAhead),
        row.starting);
  }

  /** Gives the applicant this much, in the place of what it took. */
  public void place(Applicant applicant, Room room) {
    write(PLACE, applicant, room);
  }

  /** Puts the applicant into the line, or keeps its place there. */
  public void await(Applicant applicant, Room room) {
    write(WAIT, applicant, room);
  }

  /** Something else than room holds the tenant back: it must not hold up others. */
  public void leaveLine(TenantId tenant) {
    change(LEAVE_LINE, tenant);
  }

  /** Takes nothing any more. Those who wait are due. */
  public void release(TenantId tenant) {
    if (change(RELEASE, tenant) > 0) {
      queue.makeWaitingDue();
    }
  }

  private int change(String sql, TenantId tenant) {
    return session
        .createNativeMutationQuery(sql)
        .setQueryFlushMode(NO_FLUSH)
        .setParameter("tenant", tenant.value())
        .executeUpdate();
  }

  private void write(String sql, Applicant applicant, Room room) {
    session
        .createNativeMutationQuery(sql)
        .setQueryFlushMode(NO_FLUSH)
        .setParameter("tenant", applicant.tenant().value())
        .setParameter("pool", applicant.pool())
        .setParameter("priority", applicant.priority())
        .setParameter("arrived", applicant.arrived())
        .setParameter("memory", room.memory())
        .setParameter("cpu", room.cpu())
        .setParameter("sandboxes", room.sandboxes())
        .executeUpdate();
  }

  record Row(
      long memory,
      long cpu,
      long sandboxes,
      long ahead,
      long memoryAhead,
      long cpuAhead,
      long sandboxesAhead,
      long starting) {}
}
