package dev.berth.store.pools;

import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolName;
import dev.berth.plan.Plan.PoolTerms;
import dev.berth.store.AfterCommit;
import dev.berth.store.Signal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The node pools, and the work queue that they are. One at a time is worked on: a managed cluster
 * takes one write at a time. What writes or locks joins the caller's transaction.
 */
@ApplicationScoped
public class NodePools {

  /** Joins many tenants into one look. */
  private static final Duration GATHERING = Duration.ofSeconds(5);

  private static final String LOCK =
      """
      SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended('berth.node-pool', 0))) locked
      """;

  /** One time for both: what differs tells that the pool was made due since. */
  private static final String CLAIM =
      """
      UPDATE node_pool
         SET epoch = epoch + 1, lease_until = statement_timestamp() + :lease * interval '1 millisecond',
             next_run_at = statement_timestamp() + :lease * interval '1 millisecond'
       WHERE name = (SELECT name FROM node_pool
                      WHERE next_run_at <= statement_timestamp() AND name IN (:names)
                        AND NOT EXISTS (SELECT FROM node_pool WHERE lease_until >= statement_timestamp())
                      ORDER BY next_run_at LIMIT 1)
      RETURNING *
      """;

  /** Made due since the claim = due as soon as that. */
  private static final String RELEASE =
      """
      UPDATE node_pool
         SET epoch = epoch + 1, lease_until = NULL,
             next_run_at = CASE WHEN next_run_at < lease_until
                                THEN greatest(next_run_at, coalesce(retry_at, next_run_at))
                                ELSE clock_timestamp() + :next * interval '1 millisecond' END
       WHERE name = :name AND epoch = :epoch
      """;

  private static final String MAKE_DUE =
      """
      UPDATE node_pool
         SET next_run_at = least(next_run_at,
               greatest(clock_timestamp() + :gathering * interval '1 millisecond',
                        coalesce(retry_at, clock_timestamp())))
       WHERE :name IS NULL OR name = :name
      """;

  private static final Logger LOG = Logger.getLogger(NodePools.class);

  private final Session session;
  private final TransactionSynchronizationRegistry transactions;
  private final Signal due;

  NodePools(Session session, TransactionSynchronizationRegistry transactions) {
    this.session = session;
    this.transactions = transactions;
    this.due = new Signal(transactions);
  }

  /** Makes the rows say what plans allow now; a pool of which the terms changed is due. */
  @Transactional
  public void keep(Collection<PoolTerms> terms) {
    lock();
    for (PoolTerms now : terms) {
      PoolName name = PoolName.of(now.vmSize());
      Optional<NodePool> stored = find(name);
      if (stored.isEmpty()) {
        save(NodePool.unknown(now));
      } else if (!stored.get().terms().equals(now)) {
        save(stored.get().onceMore(now));
        hurry(name);
      }
    }
  }

  private static void save(NodePool pool) {
    NodePoolEntity row = NodePoolEntity.findById(pool.name().value());
    NodePoolEntity kept = row == null ? new NodePoolEntity() : row;
    kept.take(pool);
    kept.persistAndFlush();
  }

  @Transactional
  public Optional<NodePool> find(PoolName name) {
    return Optional.<NodePoolEntity>ofNullable(NodePoolEntity.findById(name.value()))
        .map(NodePoolEntity::pool);
  }

  /** By name. */
  @Transactional
  public List<NodePool> list() {
    return NodePoolEntity.<NodePoolEntity>listAll(Sort.by("name")).stream()
        .map(NodePoolEntity::pool)
        .toList();
  }

  /** Takes the pool that is due for longest, unless one is being worked on. */
  @Transactional
  public Optional<PoolClaim> claim(Collection<PoolName> known, Duration lease) {
    lock();
    return session
        .createNativeQuery(CLAIM, NodePoolEntity.class)
        .setParameter("lease", lease.toMillis())
        .setParameterList("names", known.stream().map(PoolName::value).toList())
        .uniqueResultOptional()
        .map(row -> new PoolClaim(row.pool(), row.epoch));
  }

  /** Locks the pool as it is now; empty = the claim is void, and nothing of it may be recorded. */
  public Optional<NodePool> lock(PoolClaim claim) {
    NodePoolEntity row =
        NodePoolEntity.findById(claim.pool().name().value(), LockModeType.PESSIMISTIC_WRITE);
    if (row == null) {
      return Optional.empty();
    }
    session.refresh(row);
    return row.epoch == claim.epoch() ? Optional.of(row.pool()) : Optional.empty();
  }

  /** Stores the pool that the transaction has locked; the claim goes on. */
  public void remember(NodePool pool) {
    save(pool);
  }

  /** Stores the pool that the transaction has locked, and ends the claim. */
  public void record(PoolClaim claim, NodePool pool, Duration next) {
    save(pool);
    session
        .createNativeMutationQuery(RELEASE)
        .setParameter("name", pool.name().value())
        .setParameter("epoch", claim.epoch())
        .setParameter("next", next.toMillis())
        .executeUpdate();
    due.raiseAfterCommit(next);
  }

  /**
   * Has the pool looked at soon after the caller's transaction, but not before the provider wants
   * to be asked again. Not within it: whoever asks holds a tenant. A hint that is lost costs time
   * only, as every pool is looked at again by itself.
   */
  public void makeDue(PoolName name) {
    AfterCommit.run(
        transactions,
        () ->
            Thread.startVirtualThread(() -> {
              try {
                QuarkusTransaction.requiringNew().run(() -> hurry(name));
              } catch (RuntimeException e) {
                LOG.debugf("node pool %s is looked at by itself: %s", name, e);
              }
            }));
  }

  /** The same for all of them. */
  @Transactional
  public void makeAllDue() {
    lock();
    hurry(null);
  }

  private void hurry(@Nullable PoolName name) {
    session
        .createNativeMutationQuery(MAKE_DUE)
        .setParameter("gathering", GATHERING.toMillis())
        .setParameter("name", name == null ? null : name.value(), String.class)
        .executeUpdate();
    due.raiseAfterCommit(GATHERING);
  }

  /** Waits until a pool is due, at most for {@code patience}. For one waiting thread. */
  public boolean awaitDue(Duration patience) throws InterruptedException {
    return due.await(patience);
  }

  private void lock() {
    session.createNativeQuery(LOCK, Integer.class).getSingleResult();
  }
}
