package dev.berth.store.pools;

import dev.berth.nodepool.PoolName;
import dev.berth.nodepool.decide.Growth.Demand;
import dev.berth.plan.capacity.Footprint;
import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.query.QueryFlushMode;
import org.jspecify.annotations.Nullable;

/** What tenants need of a node pool: those that stand on it, and those that wait for it. */
@ApplicationScoped
public class PoolDemands {

  /**
   * A tenant that waits for more still has what it has, and needs the larger. What it has on the
   * nodes that it leaves is none of these.
   */
  private static final String DEMAND =
      """
      SELECT memory / sandboxes AS memory, cpu / sandboxes AS cpu, sum(sandboxes)::bigint AS sandboxes
        FROM (SELECT CASE WHEN more THEN wanted_memory ELSE memory END AS memory,
                     CASE WHEN more THEN wanted_cpu ELSE cpu END AS cpu,
                     CASE WHEN more THEN wanted_sandboxes ELSE sandboxes END AS sandboxes
                FROM placement,
                     LATERAL (SELECT wanted_memory > memory OR wanted_cpu > cpu OR wanted_sandboxes > sandboxes
                                OR wanted_memory IS NOT NULL AND wanted_pool <> pool) AS w(more)
               WHERE node_pool = :pool) needs
       WHERE sandboxes > 0
       GROUP BY 1, 2 ORDER BY 1, 2
      """;

  private static final String WAITING =
      """
      SELECT count(*) FROM placement WHERE node_pool = :pool AND wanted_memory IS NOT NULL
      """;

  private static final String WAKE =
      """
      UPDATE tenant SET next_run_at = now()
       WHERE tenant_id IN (SELECT tenant_id FROM placement WHERE node_pool = :pool AND wanted_memory IS NOT NULL)
      """;

  private static final String ASSIGN =
      """
      UPDATE placement SET node_pool = :nodePool
       WHERE tenant_id = :tenant AND node_pool IS DISTINCT FROM CAST(:nodePool AS text)
      """;

  private final Session session;

  PoolDemands(Session session) {
    this.session = session;
  }

  record NeedRow(long memory, long cpu, long sandboxes) {}

  /**
   * Says on which node pool the tenant stands or waits, if it does.
   *
   * @param nodePool null = its plan names none
   * @return whether that is news
   */
  public boolean assign(TenantId tenant, @Nullable PoolName nodePool) {
    return session
            .createNativeMutationQuery(ASSIGN)
            .setQueryFlushMode(QueryFlushMode.NO_FLUSH)
            .setParameter("tenant", tenant.value())
            .setParameter("nodePool", nodePool == null ? null : nodePool.value(), String.class)
            .executeUpdate()
        > 0;
  }

  @Transactional
  public List<Demand> of(PoolName pool) {
    return session
        .createNativeQuery(DEMAND, NeedRow.class)
        .setParameter("pool", pool.value())
        .getResultStream()
        .map(row -> new Demand(new Footprint(row.memory, row.cpu), row.sandboxes))
        .toList();
  }

  /** Tenants that wait for the pool. */
  @Transactional
  public long waiting(PoolName pool) {
    return session
        .createNativeQuery(WAITING, Long.class)
        .setParameter("pool", pool.value())
        .getSingleResult();
  }

  /** Has the tenants that wait for the pool looked at again. In a transaction of its own. */
  @Transactional(TxType.REQUIRES_NEW)
  public void wakeThoseWhoWait(PoolName pool) {
    session.createNativeMutationQuery(WAKE).setParameter("pool", pool.value()).executeUpdate();
  }
}
