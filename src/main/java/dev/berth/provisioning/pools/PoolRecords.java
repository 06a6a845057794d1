package dev.berth.provisioning.pools;

import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.NodePool.Progress;
import dev.berth.nodepool.PoolCondition;
import dev.berth.nodepool.PoolIntent;
import dev.berth.provisioning.Announcer;
import dev.berth.store.pools.NodePools;
import dev.berth.store.pools.PoolClaim;
import dev.berth.store.pools.PoolDemands;
import dev.berth.tenant.condition.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Stores what is done for a node pool before it is done, and what came of it; fenced by the epoch.
 */
@ApplicationScoped
class PoolRecords {

  private static final Logger LOG = Logger.getLogger(PoolRecords.class);

  private final NodePools pools;
  private final PoolDemands demands;
  private final Announcer announcer;

  PoolRecords(NodePools pools, PoolDemands demands, Announcer announcer) {
    this.pools = pools;
    this.demands = demands;
    this.announcer = announcer;
  }

  /** The pool with all that was begun since; empty = the claim is void. */
  @Transactional(TxType.REQUIRES_NEW)
  Optional<NodePool> current(PoolClaim claim) {
    return pools.lock(claim);
  }

  /** False = the claim is void, and nothing may be sent. */
  @Transactional(TxType.REQUIRES_NEW)
  boolean begin(PoolClaim claim, PoolIntent intent) {
    Optional<NodePool> locked = pools.lock(claim);
    locked.ifPresent(pool -> pools.remember(pool.intending(intent)));
    return locked.isPresent();
  }

  /** Ends the claim, and announces the pool if what is public of it changed. */
  void end(PoolClaim claim, NodePool after, Duration next) {
    if (store(claim, after, next)) {
      demands.wakeThoseWhoWait(after.name());
    }
  }

  /** Whether anybody has something to hear of it. */
  @Transactional(TxType.REQUIRES_NEW)
  boolean store(PoolClaim claim, NodePool after, Duration next) {
    Optional<NodePool> locked = pools.lock(claim);
    if (locked.isEmpty()) {
      LOG.warnf("nodepool=%s was claimed by another replica, result dropped", after.name());
      return false;
    }
    NodePool before = locked.get();
    if (!before.terms().equals(after.terms())) {
      pools.record(claim, outdated(before, after), next);
      return false;
    }
    boolean changed = before.phase() != after.phase() || !headline(before).equals(headline(after));
    pools.record(claim, changed ? announcer.announce(after) : after, next);
    return changed || !before.progress().size().equals(after.progress().size());
  }

  /** Judged by terms that are no more: only what was begun, and when to ask again, still counts. */
  private static NodePool outdated(NodePool before, NodePool after) {
    Progress judged = after.progress();
    return before
        .with(before.progress().failed(judged.attempt(), judged.retryAt()))
        .intending(after.intent());
  }

  private static Optional<Reason> headline(NodePool pool) {
    return pool.progress().conditions().headline().map(PoolCondition::reason);
  }
}
