package dev.berth.provisioning.isolation;

import dev.berth.event.outgoing.StepType;
import dev.berth.plan.isolation.IsolationReport;
import dev.berth.provisioning.Announcer;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.actions.Settlement;
import dev.berth.store.tenants.Tenants;
import dev.berth.store.tenants.Verifications;
import dev.berth.tenant.Desired;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Keeps what is known of the isolation of tenants, within the caller's transaction. */
@ApplicationScoped
public class IsolationRecords {

  private static final Logger LOG = Logger.getLogger(IsolationRecords.class);

  private final Tenants tenants;
  private final Verifications verifications;
  private final Announcer announcer;
  private final Settlement settlement;
  private final ProvisioningConfig.IsolationSettings pace;

  IsolationRecords(
      Tenants tenants,
      Verifications verifications,
      Announcer announcer,
      Settlement settlement,
      ProvisioningConfig config) {
    this.settlement = settlement;
    this.tenants = tenants;
    this.verifications = verifications;
    this.announcer = announcer;
    this.pace = config.isolation();
  }

  /**
   * Sees to it that a tenant is verified soon after it became ready or moved, and not once it
   * leaves.
   */
  public void follow(Tenant before, Tenant after) {
    if (before.desired().mode() == Desired.Mode.OFFBOARDED) {
      verifications.forget(before.id());
      return;
    }
    Conditions conditions = after.status().conditions();
    boolean newGeneration =
        before.status().observedGeneration() != after.status().observedGeneration();
    boolean moved = !before.status().runtimes().equals(after.status().runtimes());
    boolean neverVerified = conditions.get(ConditionType.IsolationVerified).isEmpty();
    if (conditions.isTrue(ConditionType.Ready) && (newGeneration || moved || neverVerified)) {
      verifications.schedule(after.id(), pace.after());
    }
  }

  /**
   * Keeps a tenant for its next turn, or has it verified again after a while: where the cluster did
   * not answer, or there is nothing to be verified now. Says so where nothing is known of this
   * generation yet.
   *
   * @param lease until when nobody else verifies it
   * @return whether it has another turn
   */
  boolean leaveUnfinished(Turn turn, Duration lease) {
    Tenant now = tenants.lock(turn.tenant().id()).orElseThrow();
    if (turn.isNews(now)) {
      tenants.remember(now.with(turn.progress(pace.retry())));
    }
    boolean goesOn = turn.goesOn(now);
    if (now.revision() != turn.tenant().revision()) {
      LOG.infof("tenant=%s changed meanwhile, its isolation is verified anew", now.id());
      return false; // it may have been scheduled since, and else its lease ends
    }
    if (!goesOn) {
      LOG.warnf(
          "tenant=%s isolation not verified: it is not ready, or the cluster did not answer every check; again in %s",
          now.id(), pace.retry());
    }
    verifications.schedule(now.id(), goesOn ? lease : pace.retry());
    return goesOn;
  }

  /**
   * Stores a report with the condition that follows from it, and announces what is news. Dropped if
   * the tenant is to be something else by now.
   *
   * @param verified the tenant as it was when the checks began
   */
  void record(Tenant verified, IsolationReport report) {
    Tenant now = tenants.lock(verified.id()).orElseThrow();
    boolean stands = now.status().conditions().isTrue(ConditionType.Ready);
    if (now.revision() != verified.revision() || !stands) {
      LOG.infof("tenant=%s changed meanwhile, its isolation report is dropped", now.id());
      return;
    }
    verifications.save(report);
    verifications.schedule(now.id(), report.passed() ? pace.every() : pace.retry());
    Condition condition = report.condition();
    Tenant after = now.with(condition);
    Tenant stored = isNews(now, condition) ? announce(now, after, condition) : after;
    settlement.verified(stored, report.passed());
    if (report.passed()) {
      tenants.remember(stored);
    } else {
      tenants.save(stored); // made due: what Berth itself can mend is mended at once
    }
  }

  private Tenant announce(Tenant before, Tenant after, Condition condition) {
    boolean passed = condition.status() == Condition.Truth.True;
    StepType type = passed ? StepType.ISOLATION_VERIFIED : StepType.DEGRADED;
    return announcer.verify(type, before, after, condition);
  }

  /** A pass of a new generation or after a failure; a failure other than the last one. */
  private static boolean isNews(Tenant before, Condition condition) {
    return before
        .status()
        .conditions()
        .get(ConditionType.IsolationVerified)
        .filter(last -> last.status() == condition.status())
        .filter(last ->
            condition.status() == Condition.Truth.True
                ? last.observedGeneration() == condition.observedGeneration()
                : last.message().equals(condition.message()))
        .isEmpty();
  }
}
