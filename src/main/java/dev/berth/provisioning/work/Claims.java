package dev.berth.provisioning.work;

import dev.berth.plan.ClusterFacts;
import dev.berth.provisioning.Announcer;
import dev.berth.provisioning.Metrics;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.assessment.Assessment;
import dev.berth.provisioning.work.Planning.Planned;
import dev.berth.provisioning.work.WakeUps.Sight;
import dev.berth.store.DataFault;
import dev.berth.store.tenants.Claim;
import dev.berth.store.tenants.Placements;
import dev.berth.store.tenants.Tenants;
import dev.berth.store.tenants.UnreadableTenantException;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * TX2: takes due tenants and plans their work, so that what is planned is stored before it is
 * carried out.
 */
@ApplicationScoped
class Claims {

  private static final Logger LOG = Logger.getLogger(Claims.class);

  private final String owner = UUID.randomUUID().toString();
  private final Tenants tenants;
  private final Planning planning;
  private final Announcer announcer;
  private final Placements placements;
  private final Metrics metrics;
  private final ProvisioningConfig.WorkSettings pace;
  private final Clock clock;

  Claims(
      Tenants tenants,
      Planning planning,
      Announcer announcer,
      Placements placements,
      Metrics metrics,
      ProvisioningConfig config,
      Clock clock) {
    this.tenants = tenants;
    this.planning = planning;
    this.announcer = announcer;
    this.placements = placements;
    this.metrics = metrics;
    this.pace = config.work();
    this.clock = clock;
  }

  /** A claimed tenant and what is to be done for it before {@code deadline}. */
  record Task(Claim claim, Planned planned, Instant deadline) {}

  /**
   * One that cannot be planned waits by itself, each time longer; the others are taken.
   *
   * @param sight that all of them are planned with
   */
  List<Task> take(int limit, Sight sight) {
    for (int failed = 0; failed < limit; failed++) {
      try {
        List<Task> tasks = takeAll(limit, sight);
        tasks.stream()
            .filter(task -> task.claim().takenOver())
            .forEach(task -> metrics.takenOver());
        return tasks;
      } catch (UnreadableTenantException e) {
        putOff(e.tenant(), e);
      } catch (UnplannableTenantException e) {
        putOff(e.tenant, e);
      }
    }
    return List.of();
  }

  @Transactional(TxType.REQUIRES_NEW)
  List<Task> takeAll(int limit, Sight sight) {
    Instant deadline = clock.instant().plus(pace.lease()).minus(pace.leaseMargin());
    return tenants.claimDue(owner, limit, pace.lease(), sight.outlook()).stream()
        .map(claim -> new Task(claim, begin(claim, sight.facts()), deadline))
        .toList();
  }

  @Transactional(TxType.REQUIRES_NEW)
  void putOff(TenantId tenant, Throwable why) {
    metrics.unplannable();
    LOG.errorf(why, "tenant=%s cannot be planned, it waits and the others continue", tenant);
    tenants.backOff(tenant, pace.backoff(), pace.backoffMax());
    placements.leaveWaitingList(tenant);
  }

  /**
   * Waits until a tenant is due, at most for {@code patience}. For one waiting thread; of what
   * other replicas made due nothing is heard.
   */
  void awaitDue(Duration patience) throws InterruptedException {
    tenants.awaitDue(patience);
  }

  /** Carries the tenant's id out of the transaction, which has to end. */
  private static final class UnplannableTenantException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private final transient TenantId tenant;

    UnplannableTenantException(TenantId tenant, RuntimeException cause) {
      super(cause);
      this.tenant = tenant;
    }
  }

  private Planned begin(Claim claim, ClusterFacts facts) {
    try {
      return plan(claim, facts);
    } catch (RuntimeException e) {
      // An outage of the database concerns them all.
      throw DataFault.caused(e) ? new UnplannableTenantException(claim.tenant().id(), e) : e;
    }
  }

  private Planned plan(Claim claim, ClusterFacts facts) {
    Planned planned = planning.plan(claim, facts);
    if (planned.work().isBlocked()) {
      return planned;
    }
    Tenant before = planned.tenant();
    Tenant begun = Assessment.begun(before, clock.instant());
    Tenant stored =
        Assessment.step(before, begun)
            .map(step -> announcer.announce(step, before, begun))
            .orElse(begun);
    if (!stored.equals(claim.tenant())) {
      tenants.lock(claim);
      tenants.remember(stored);
    }
    return new Planned(stored, planned.work(), planned.keepsMore());
  }
}
