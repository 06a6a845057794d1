package dev.berth.provisioning.pools;

import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolIntent;
import dev.berth.nodepool.PoolPhase;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.nodepool.cloud.CloudException;
import dev.berth.nodepool.decide.PoolDecision;
import dev.berth.nodepool.decide.PoolOutcomes;
import dev.berth.nodepool.decide.PoolSight;
import dev.berth.nodepool.decide.PoolSight.Means;
import dev.berth.provisioning.Backoff;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.Installation;
import dev.berth.store.pools.PoolClaim;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One look at a claimed node pool: read, decide, store the write, send it, record. A crash between
 * any two of these is healed by the next look, which begins with reading: no operation of the
 * provider is ever resumed.
 */
@ApplicationScoped
class PoolWork {

  private final PoolSights sights;
  private final PoolRecords records;
  private final Installation installation;
  private final ProvisioningConfig config;
  private final PoolConfig pools;
  private final PoolMetrics metrics;
  private final Clock clock;

  PoolWork(
      PoolSights sights,
      PoolRecords records,
      Installation installation,
      ProvisioningConfig config,
      PoolConfig pools,
      PoolMetrics metrics,
      Clock clock) {
    this.sights = sights;
    this.records = records;
    this.installation = installation;
    this.config = config;
    this.pools = pools;
    this.metrics = metrics;
    this.clock = clock;
  }

  void look(PoolClaim claim, Cloud provider) {
    Cloud cloud = new CountedCloud(provider, metrics);
    Means means = means();
    try {
      act(claim, sights.look(claim.pool(), cloud, means), cloud);
    } catch (CloudException e) {
      end(claim, PoolOutcomes.unread(claim.pool(), e.failure(), means), means);
    }
  }

  /** Ends the claim of a look in which Berth itself failed; what was begun is looked for later. */
  void broke(PoolClaim claim, Throwable why) {
    Means means = means();
    String what = why.getClass().getSimpleName();
    records
        .current(claim)
        .ifPresent(now -> end(claim, PoolOutcomes.broken(now, what, means), means));
  }

  private Means means() {
    return new Means(
        pools.mode() == PoolConfig.AzureMode.ENSURE && !config.mode().observes(),
        installation.id(config.cluster()),
        clock.instant(),
        ThreadLocalRandom.current().nextDouble());
  }

  /** What forbids a write is read anew before it is sent: what is remembered may be outdated. */
  private void act(PoolClaim claim, PoolSight seen, Cloud cloud) {
    PoolDecision first = PoolDecision.of(PoolOutcomes.read(claim.pool(), seen), seen);
    PoolSight sight = first.write() == null ? seen : sights.anew(claim.pool(), seen, cloud);
    NodePool read = PoolOutcomes.read(claim.pool(), sight);
    PoolDecision decision = PoolDecision.of(read, sight);
    NodePool decided = decision.applied(read);
    PoolIntent write = decision.write();
    if (write == null) {
      end(claim, decided, sight.means());
    } else if (records.begin(claim, write)) {
      end(claim, write(decided, sight, write, cloud), sight.means());
    }
  }

  private NodePool write(NodePool pool, PoolSight sight, PoolIntent write, Cloud cloud) {
    try {
      if (write.creates()) {
        cloud.create(pool.order(write, sight.means().installation()));
      } else {
        cloud.grow(sight.cluster().pool(pool.name().value()).orElseThrow(), write.count());
      }
      return pool.intending(write);
    } catch (CloudException e) {
      return PoolOutcomes.unwritten(pool, write, e.failure(), sight.means());
    }
  }

  private void end(PoolClaim claim, NodePool after, Means means) {
    metrics.looked(claim.pool(), after, means.now());
    records.end(claim, after, next(after, means.now()));
  }

  /** What is under way is looked at often, and what failed when its wait is over. */
  private Duration next(NodePool pool, Instant now) {
    Instant again = pool.progress().retryAt();
    if (again != null && again.isAfter(now)) {
      return Duration.between(now, again);
    }
    boolean underWay = pool.phase() == PoolPhase.ENSURING || pool.intent() != null;
    return Backoff.spread(
        underWay ? pools.poll() : pools.recheck(), ThreadLocalRandom.current().nextDouble());
  }
}
