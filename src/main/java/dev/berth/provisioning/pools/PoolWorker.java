package dev.berth.provisioning.pools;

import dev.berth.catalogue.PlanDirectory;
import dev.berth.nodepool.PoolName;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Plan.PoolTerms;
import dev.berth.provisioning.Backoff;
import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.Loop;
import dev.berth.store.pools.NodePools;
import dev.berth.store.pools.PoolClaim;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps looking at node pools, one at a time, on a thread of its own: tenants never wait for Azure
 * but those that need a node. Not there at all while the mode is off.
 */
@ApplicationScoped
class PoolWorker {

  private static final Logger LOG = Logger.getLogger(PoolWorker.class);
  private static final Backoff AFTER_FAILURE =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Longer than all calls of one look can take. */
  static final Duration LEASE = Duration.ofMinutes(5);

  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final Semaphore looking = new Semaphore(1);
  private final NodePools pools;
  private final PoolWork work;
  private final PlanDirectory plans;
  private final Supplier<ClusterFacts> facts;
  private final Lifetime lifetime;
  private final PoolConfig config;
  private final Provider<Cloud> cloud;

  private Map<PoolName, PoolTerms> kept = Map.of();
  private @Nullable ClusterFacts seen;
  private @Nullable Broken broken;

  /** A look that could not be ended, and why. */
  private record Broken(PoolClaim claim, Throwable why) {}

  PoolWorker(
      NodePools pools,
      PoolWork work,
      PlanDirectory plans,
      Supplier<ClusterFacts> facts,
      Lifetime lifetime,
      PoolConfig config,
      Provider<Cloud> cloud) {
    this.pools = pools;
    this.work = work;
    this.plans = plans;
    this.facts = facts;
    this.lifetime = lifetime;
    this.config = config;
    this.cloud = cloud;
  }

  void start(@Observes StartupEvent event) {
    if (config.mode() != PoolConfig.AzureMode.OFF) {
      String complaint = "node pools cannot be looked at";
      Loop.start(lifetime, "berth-node-pools", complaint, AFTER_FAILURE, this::round);
    }
  }

  private void round() throws InterruptedException {
    lifetime.awaitServing();
    looking.acquire();
    boolean looked;
    try {
      looked = runDue();
    } finally {
      looking.release();
    }
    if (!looked) {
      pools.awaitDue(PATIENCE);
    }
  }

  /** A look that is cut off is begun by nobody before its lease has run out. */
  void finish(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event)
      throws InterruptedException {
    if (!looking.tryAcquire(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.info("a node pool is still looked at; it is looked at again when its lease ends");
    }
  }

  /** Looks at the pool that is due for longest. False = none is. */
  boolean runDue() {
    Map<PoolName, PoolTerms> named = PoolCatalogue.of(plans.current());
    if (!named.equals(kept)) {
      pools.keep(named.values());
      kept = named;
    }
    if (named.isEmpty()) {
      return false;
    }
    hurryAfterChange();
    return runDue(named.keySet());
  }

  /** A mistake in one look keeps neither its pool nor the others until the end of a lease. */
  boolean runDue(Collection<PoolName> named) {
    giveBack();
    Optional<PoolClaim> claim = pools.claim(named, LEASE);
    claim.ifPresent(this::look);
    return claim.isPresent();
  }

  private void look(PoolClaim due) {
    try {
      work.look(due, cloud.get());
    } catch (RuntimeException | Error e) {
      LOG.errorf(e, "nodepool=%s a look at it failed, it is looked at again", due.pool().name());
      broken = new Broken(due, e);
      giveBack();
    }
  }

  /** Tried again with each round, as the database may be what failed. */
  private void giveBack() {
    if (broken != null) {
      work.broke(broken.claim, broken.why);
      broken = null;
    }
  }

  /** Nodes that come or go are seen at once, as is a mode that was changed for this start. */
  private void hurryAfterChange() {
    ClusterFacts now = facts.get();
    if (now.known() && (seen == null || !now.classes().equals(seen.classes()))) {
      pools.makeAllDue();
      seen = now;
    }
  }
}
