package dev.berth.store.search;

import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

/** What tenants take of each pool of nodes, and who waits for more, in the order of the line. */
@ApplicationScoped
public class PoolRooms {

  private static final String SUMS =
      """
      SELECT pool, CAST(sum(waiting) AS bigint) AS waiting,
             CAST(least(sum(memory), 9223372036854775807) AS bigint) AS memory,
             CAST(least(sum(cpu), 9223372036854775807) AS bigint) AS cpu,
             CAST(least(sum(sandboxes), 9223372036854775807) AS bigint) AS sandboxes,
             CAST(least(sum(wanted_memory), 9223372036854775807) AS bigint) AS wanted_memory,
             CAST(least(sum(wanted_cpu), 9223372036854775807) AS bigint) AS wanted_cpu,
             CAST(least(sum(wanted_sandboxes), 9223372036854775807) AS bigint) AS wanted_sandboxes
        FROM (SELECT pool, 0 AS waiting, memory, cpu, sandboxes,
                     0 AS wanted_memory, 0 AS wanted_cpu, 0 AS wanted_sandboxes FROM placement
              UNION ALL
              SELECT coalesce(wanted_pool, pool), 1, 0, 0, 0, wanted_memory, wanted_cpu, wanted_sandboxes FROM placement
               WHERE wanted_memory IS NOT NULL) shares
       GROUP BY pool ORDER BY pool
      """;

  private static final String LINE =
      """
      SELECT tenant_id AS tenant, priority, arrived_at AS arrived, wanted_memory AS memory, wanted_cpu AS cpu,
             wanted_sandboxes AS sandboxes
        FROM placement
       WHERE coalesce(wanted_pool, pool) = :pool AND wanted_memory IS NOT NULL
         AND priority <= :priority
         AND (-priority, arrived_at, tenant_id) > (-CAST(:priority AS int), CAST(:arrived AS timestamptz), :tenant)
       ORDER BY priority DESC, arrived_at, tenant_id LIMIT :limit
      """;

  private static final String NAMESPACES =
      """
      SELECT namespace FROM placement JOIN tenant_namespace USING (tenant_id) WHERE pool = :pool
      """;

  private final Session session;

  PoolRooms(Session session) {
    this.session = session;
  }

  /**
   * What tenants take of a pool together.
   *
   * @param wanted what those who wait shall take instead of what they take
   */
  public record PoolSum(Pool pool, Room promised, Room wanted, long waiting) {}

  /**
   * Where one stands in the line.
   *
   * @param priority of the plan; higher ones come first
   * @param tenant empty = before all that arrived then
   */
  public record PlaceInLine(int priority, Instant arrived, String tenant) {
    public static final PlaceInLine FRONT = new PlaceInLine(Integer.MAX_VALUE, Instant.EPOCH, "");
  }

  /** One who waits. */
  public record InLine(PlaceInLine place, Room wanted) {}

  @Transactional
  public List<PoolSum> sums() {
    return session
        .createNativeQuery(SUMS, Tuple.class)
        .getResultStream()
        .map(PoolRooms::sum)
        .toList();
  }

  /** Those who wait behind a place, the first first. */
  @Transactional
  public List<InLine> line(Pool pool, PlaceInLine after, int limit) {
    return session
        .createNativeQuery(LINE, WaiterRow.class)
        .setParameter("pool", pool.name())
        .setParameter("priority", after.priority())
        .setParameter("arrived", after.arrived())
        .setParameter("tenant", after.tenant())
        .setParameter("limit", limit)
        .getResultStream()
        .map(WaiterRow::waiter)
        .toList();
  }

  /** Those of the tenants that take or want room in the pool. */
  @Transactional
  public List<String> namespaces(Pool pool) {
    return session
        .createNativeQuery(NAMESPACES, String.class)
        .setParameter("pool", pool.name())
        .getResultList();
  }

  private static PoolSum sum(Tuple row) {
    return new PoolSum(
        new Pool(row.get("pool", String.class)),
        room(row, "memory", "cpu", "sandboxes"),
        room(row, "wanted_memory", "wanted_cpu", "wanted_sandboxes"),
        row.get("waiting", Long.class));
  }

  private static Room room(Tuple row, String memory, String cpu, String sandboxes) {
    return new Room(
        row.get(memory, Long.class), row.get(cpu, Long.class), row.get(sandboxes, Long.class));
  }

  record WaiterRow(
      String tenant, int priority, Instant arrived, long memory, long cpu, long sandboxes) {

    InLine waiter() {
      return new InLine(
          new PlaceInLine(priority, arrived, tenant), new Room(memory, cpu, sandboxes));
    }
  }
}
