package dev.berth.store.tenants;

import static org.hibernate.query.QueryFlushMode.NO_FLUSH;

import dev.berth.plan.capacity.Placement.Head;
import dev.berth.plan.capacity.Placement.Line;
import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import dev.berth.store.AfterCommit;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jboss.logging.Logger;

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

  private static final String WAITED =
      """
      SELECT CAST(extract(epoch FROM placed_at - arrived_at) * 1000 AS bigint) FROM placement WHERE tenant_id = :tenant AND placed_at IS NOT NULL
      """;

  private static final String LINE =
      """
      WITH me AS MATERIALIZED (
        SELECT coalesce((SELECT arrived_at FROM placement WHERE tenant_id = :tenant), 'infinity') AS arrived_at)
      SELECT least(coalesce(sum(memory), 0), 9223372036854775807)::bigint,
             least(coalesce(sum(cpu), 0), 9223372036854775807)::bigint,
             least(coalesce(sum(sandboxes), 0), 9223372036854775807)::bigint,
             count(*) FILTER (WHERE ahead), least(coalesce(sum(greatest(wanted_memory - memory, 0)) FILTER (WHERE ahead), 0), 9223372036854775807)::bigint,
             least(coalesce(sum(greatest(wanted_cpu - cpu, 0)) FILTER (WHERE ahead), 0), 9223372036854775807)::bigint,
             least(coalesce(sum(greatest(wanted_sandboxes - sandboxes, 0)) FILTER (WHERE ahead), 0), 9223372036854775807)::bigint,
             least(coalesce(sum(sandboxes) FILTER (WHERE placed_at > now() - :window * interval '1 millisecond'), 0), 9223372036854775807)::bigint
        FROM (SELECT CASE WHEN pool = :pool THEN memory ELSE 0 END AS memory, CASE WHEN pool = :pool THEN cpu ELSE 0 END AS cpu,
                     CASE WHEN pool = :pool THEN sandboxes ELSE 0 END AS sandboxes, wanted_memory, wanted_cpu, wanted_sandboxes, placed_at,
                     wanted_memory IS NOT NULL AND coalesce(wanted_pool, pool) = :pool
                     AND (-priority, arrived_at, tenant_id) < (-CAST(:priority AS int), (SELECT arrived_at FROM me), :tenant) AS ahead
                FROM placement
               WHERE (pool = :pool OR wanted_memory IS NOT NULL AND coalesce(wanted_pool, pool) = :pool) AND tenant_id <> :tenant) others
      """;

  private static final String HEAD =
      """
      SELECT tenant_id, wanted_memory, wanted_cpu, wanted_sandboxes FROM placement
       WHERE coalesce(wanted_pool, pool) = :pool AND wanted_memory IS NOT NULL ORDER BY priority DESC, arrived_at, tenant_id LIMIT 1
      """;

  private static final String PLACE =
      """
      WITH was AS (SELECT pool, wanted_pool FROM placement WHERE tenant_id = :tenant), placed AS (
        INSERT INTO placement (tenant_id, pool, priority, arrived_at, memory, cpu, sandboxes, placed_at)
        VALUES (:tenant, :pool, :priority, clock_timestamp(), :memory, :cpu, :sandboxes, clock_timestamp())
            ON CONFLICT (tenant_id) DO UPDATE SET (pool, priority, memory, cpu, sandboxes, placed_at)
                = (excluded.pool, excluded.priority, excluded.memory, excluded.cpu, excluded.sandboxes, excluded.placed_at),
                          (wanted_pool, wanted_memory, wanted_cpu, wanted_sandboxes) = (NULL, NULL, NULL, NULL)
        RETURNING pool)
      SELECT pool FROM placed UNION SELECT pool FROM was UNION SELECT wanted_pool FROM was WHERE wanted_pool IS NOT NULL
      """;

  private static final String WAIT =
      """
      WITH was AS (SELECT coalesce(wanted_pool, pool) AS line FROM placement WHERE tenant_id = :tenant AND wanted_memory IS NOT NULL), waits AS (
        INSERT INTO placement (tenant_id, pool, priority, arrived_at, memory, cpu, sandboxes, wanted_pool, wanted_memory, wanted_cpu, wanted_sandboxes)
        VALUES (:tenant, :pool, :priority, clock_timestamp(), 0, 0, 0, :pool, :memory, :cpu, :sandboxes) ON CONFLICT (tenant_id) DO UPDATE SET
          pool = CASE WHEN (placement.memory, placement.cpu, placement.sandboxes) = (0, 0, 0) THEN excluded.pool ELSE placement.pool END,
          (priority, wanted_pool, wanted_memory, wanted_cpu, wanted_sandboxes) = (excluded.priority, :pool, :memory, :cpu, :sandboxes))
      SELECT line FROM was WHERE line <> :pool
      """;

  private static final String AHEAD =
      """
      WITH me AS MATERIALIZED (SELECT coalesce((SELECT arrived_at FROM placement WHERE tenant_id = :tenant), 'infinity') AS arrived_at)
      SELECT (SELECT count(*) FROM placement WHERE coalesce(wanted_pool, pool) = :pool AND wanted_memory IS NOT NULL AND priority > :priority)
           + (SELECT count(*) FROM placement
               WHERE coalesce(wanted_pool, pool) = :pool AND wanted_memory IS NOT NULL AND priority = :priority
                 AND (arrived_at, tenant_id) < ((SELECT arrived_at FROM me), :tenant))
      """;

  private static final String IS_IN_LINE =
      """
      SELECT EXISTS (
        SELECT FROM placement
         WHERE tenant_id = :tenant AND coalesce(wanted_pool, pool) = :pool AND priority = :priority AND (wanted_memory, wanted_cpu, wanted_sandboxes) = (:memory, :cpu, :sandboxes))
      """;

  private static final String LEAVE_WAITING_LIST =
      """
      UPDATE placement SET wanted_memory = NULL, wanted_cpu = NULL, wanted_sandboxes = NULL
       WHERE tenant_id = :tenant AND wanted_memory IS NOT NULL
      RETURNING coalesce(wanted_pool, pool)
      """;

  private static final String GIVE_BACK =
      """
      UPDATE placement SET memory = 0, cpu = 0, sandboxes = 0 WHERE tenant_id = :tenant AND sandboxes > 0 RETURNING pool
      """;

  private static final String RELEASE =
      """
      WITH gone AS (DELETE FROM placement WHERE tenant_id = :tenant RETURNING pool, wanted_pool) SELECT pool FROM gone UNION SELECT wanted_pool FROM gone WHERE wanted_pool IS NOT NULL
      """;

  private static final Logger LOG = Logger.getLogger(Placements.class);

  private final Session session;
  private final WorkQueue queue;
  private final TransactionSynchronizationRegistry transactions;

  Placements(Session session, WorkQueue queue, TransactionSynchronizationRegistry transactions) {
    this.session = session;
    this.queue = queue;
    this.transactions = transactions;
  }

  /** A tenant that wants room. */
  public record Applicant(TenantId tenant, Pool pool, int priority) {}

  /** Waits until no other transaction gives room; until the end of this one none can. */
  public void lock() {
    session.createNativeQuery(LOCK, Integer.class).setQueryFlushMode(NO_FLUSH).getSingleResult();
  }

  /** What the tenant takes of the pool; empty if it was never given any or waited for it. */
  public Optional<Room> held(TenantId tenant, Pool pool) {
    return session
        .createNativeQuery(HELD, Room.class)
        .setQueryFlushMode(NO_FLUSH)
        .setParameter("tenant", tenant.value())
        .setParameter("pool", pool.name())
        .uniqueResultOptional();
  }

  /** How long it took from the first application for room to the last grant; zero = no room. */
  public Duration waited(TenantId tenant) {
    return session
        .createNativeQuery(WAITED, Long.class)
        .setQueryFlushMode(NO_FLUSH)
        .setParameter("tenant", tenant.value())
        .uniqueResultOptional()
        .map(Duration::ofMillis)
        .orElse(Duration.ZERO);
  }

  /**
   * The others, as the applicant finds them.
   *
   * @param window how long a sandbox counts as starting
   */
  public Line line(Applicant applicant, Duration window) {
    PlacementRow row =
        ask(LINE, PlacementRow.class, applicant)
            .setParameter("window", window.toMillis())
            .getSingleResult();
    return new Line(
        new Room(row.memory, row.cpu, row.sandboxes),
        Math.toIntExact(row.ahead),
        new Room(row.memoryAhead, row.cpuAhead, row.sandboxesAhead),
        row.starting);
  }

  /** How many wait and come first; one that is not in the line yet comes last of its priority. */
  public long ahead(Applicant applicant) {
    return ask(AHEAD, Long.class, applicant).getSingleResult();
  }

  private <T> NativeQuery<T> ask(String sql, Class<T> answer, Applicant applicant) {
    return session
        .createNativeQuery(sql, answer)
        .setQueryFlushMode(NO_FLUSH)
        .setParameter("tenant", applicant.tenant().value())
        .setParameter("pool", applicant.pool().name())
        .setParameter("priority", applicant.priority());
  }

  private <T> NativeQuery<T> ask(String sql, Class<T> answer, Applicant applicant, Room room) {
    return ask(sql, answer, applicant)
        .setParameter("memory", room.memory())
        .setParameter("cpu", room.cpu())
        .setParameter("sandboxes", room.sandboxes());
  }

  /** The first of those who wait for room in the pool. */
  public Optional<Head> head(Pool pool) {
    return session
        .createNativeQuery(HEAD, HeadRow.class)
        .setQueryFlushMode(NO_FLUSH)
        .setParameter("pool", pool.name())
        .uniqueResultOptional()
        .map(row ->
            new Head(new TenantId(row.tenant), new Room(row.memory, row.cpu, row.sandboxes)));
  }

  /** Whether the applicant waits for this very room. */
  public boolean isInLine(Applicant applicant, Room room) {
    return ask(IS_IN_LINE, Boolean.class, applicant, room).getSingleResult();
  }

  /**
   * Gives the applicant this much, in the place of what it took, wherever that was. The next of
   * each line that this can help is due.
   */
  public void place(Applicant applicant, Room room) {
    ask(PLACE, String.class, applicant, room)
        .getResultStream()
        .map(Pool::new)
        .filter(pool -> head(pool).isPresent())
        .forEach(pool -> wakeHead(pool, Duration.ZERO));
  }

  /**
   * Puts the applicant into the line of its pool, or keeps its place there. What it takes, of this
   * pool or of another one, it keeps meanwhile. The next in the line that it leaves is due.
   */
  public void await(Applicant applicant, Room room) {
    ask(WAIT, String.class, applicant, room)
        .getResultStream()
        .forEach(line -> wakeHead(new Pool(line), Duration.ZERO));
  }

  /** Something else than room holds the tenant back: it must not hold up others. */
  public void leaveWaitingList(TenantId tenant) {
    change(LEAVE_WAITING_LIST, tenant);
  }

  /** Takes nothing for now, and keeps its place in the line. The first of those who wait is due. */
  public void giveBack(TenantId tenant) {
    change(GIVE_BACK, tenant);
  }

  /** Takes nothing any more. The first of those who wait is due. */
  public void release(TenantId tenant) {
    change(RELEASE, tenant);
  }

  /**
   * Makes the first of the line due when the caller's transaction has committed, and {@code delay}
   * after it. Not within it: whoever looks for room holds its tenant and waits for the lock.
   */
  public void wakeHead(Pool pool, Duration delay) {
    AfterCommit.run(
        transactions,
        () ->
            CompletableFuture.delayedExecutor(
                    delay.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                .execute(() -> wakeHead(pool)));
  }

  /** Who is about to join the line has seen what was before, and is waited for. */
  private void wakeHead(Pool pool) {
    try {
      QuarkusTransaction.requiringNew().run(this::lock);
      QuarkusTransaction.requiringNew().run(() -> queue.makeHeadDue(pool));
    } catch (RuntimeException e) {
      LOG.debugf("the first in the line looks again by itself: %s", e);
    }
  }

  private void change(String sql, TenantId tenant) {
    session
        .createNativeQuery(sql, String.class)
        .setQueryFlushMode(NO_FLUSH)
        .setParameter("tenant", tenant.value())
        .getResultStream()
        .forEach(pool -> wakeHead(new Pool(pool), Duration.ZERO));
  }

  record HeadRow(String tenant, long memory, long cpu, long sandboxes) {}

  record PlacementRow(
      long memory,
      long cpu,
      long sandboxes,
      long ahead,
      long memoryAhead,
      long cpuAhead,
      long sandboxesAhead,
      long starting) {}
}
