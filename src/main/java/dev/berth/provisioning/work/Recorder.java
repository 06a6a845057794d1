package dev.berth.provisioning.work;

import dev.berth.event.outgoing.StepType;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.provisioning.Announcer;
import dev.berth.provisioning.Metrics;
import dev.berth.provisioning.assessment.Assessment;
import dev.berth.provisioning.assessment.Observed;
import dev.berth.provisioning.isolation.IsolationRecords;
import dev.berth.provisioning.work.Claims.Task;
import dev.berth.store.DataFault;
import dev.berth.store.tenants.Claim;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * TX3: records what came of a claim, fenced by its epoch, and announces it if the public status
 * changed.
 */
@ApplicationScoped
class Recorder {

  private static final Logger LOG = Logger.getLogger(Recorder.class);

  private final Tenants tenants;
  private final Announcer announcer;
  private final Departure departure;
  private final IsolationRecords isolation;
  private final Pace pace;
  private final Metrics metrics;
  private final Clock clock;

  Recorder(
      Tenants tenants,
      Announcer announcer,
      Departure departure,
      IsolationRecords isolation,
      Pace pace,
      Metrics metrics,
      Clock clock) {
    this.tenants = tenants;
    this.announcer = announcer;
    this.departure = departure;
    this.isolation = isolation;
    this.pace = pace;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Whether what comes of the claim would be recorded; false where that cannot be asked. */
  boolean counts(Claim claim) {
    try {
      return tenants.counts(claim);
    } catch (RuntimeException e) {
      LOG.warnf(
          "tenant=%s nobody is let in, the database does not answer: %s", claim.tenant().id(), e);
      return false;
    }
  }

  /**
   * Waits for an outage of the database to end, but not beyond the claim: then the work is done
   * again.
   */
  void record(Task task, Map<Operation, Outcome> outcomes) {
    for (int attempt = 1; ; attempt++) {
      try {
        store(task, outcomes);
        return;
      } catch (RuntimeException e) {
        if (DataFault.caused(e) || clock.instant().isAfter(task.deadline())) {
          throw e;
        }
        LOG.warnf(
            "tenant=%s outcome not recorded yet, trying again: %s", task.claim().tenant().id(), e);
        if (!pace.pauseForDatabase(attempt)) {
          throw e;
        }
      }
    }
  }

  @Transactional(TxType.REQUIRES_NEW)
  void store(Task task, Map<Operation, Outcome> outcomes) {
    Claim claim = task.claim();
    Optional<Tenant> locked = tenants.lock(claim);
    metrics.claimed(locked.isPresent());
    if (locked.isEmpty()) {
      LOG.warnf(
          "tenant=%s was claimed by another replica meanwhile, result dropped",
          claim.tenant().id());
      return;
    }
    Tenant now = locked.get();
    Observed observed = Observed.of(claim, outcomes);
    if (now.revision() != claim.tenant().revision()) {
      tenants.record(claim, observed.into(now), observed.findings(), Duration.ZERO);
      return;
    }
    Tenant planned = task.planned().tenant();
    Tenant worked =
        observed.into(
            now.with(now.desired().withPlan(planned.desired().plan())).with(planned.orders()));
    Assessment assessment = Assessment.of(worked, task.planned().work(), outcomes, clock.instant());
    Pace.Next next = pace.next(assessment, task.planned().work(), outcomes);
    if (task.planned().keepsMore()) {
      boolean shrank = worked.namespaces().size() < now.namespaces().size();
      next = pace.sooner(next, shrank);
    }
    Tenant after =
        announce(
            now, assessment.tenant().with(next.applied(assessment.tenant().status())), outcomes);
    boolean acted = tenants.record(claim, departure.follow(after), observed.findings(), next.due());
    if (acted) {
      departure.settle(claim, after);
    }
    isolation.follow(now, after);
  }

  private Tenant announce(Tenant before, Tenant after, Map<Operation, Outcome> outcomes) {
    Optional<StepType> step = Assessment.step(before, after);
    if (step.isEmpty()) {
      List<String> repaired = Assessment.repaired(after, outcomes);
      return repaired.isEmpty() ? after : announcer.repair(before, after, repaired);
    }
    metrics.announced(step.get(), before, () -> departure.waited(before));
    return announcer.announce(step.get(), before, after);
  }
}
