package dev.berth.provisioning.isolation;

import static java.util.stream.Collectors.joining;

import dev.berth.event.outgoing.StepType;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationReport;
import dev.berth.provisioning.Announcer;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.tenants.Tenants;
import dev.berth.store.tenants.Verifications;
import dev.berth.tenant.Desired;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Keeps what is known of the isolation of tenants, within the caller's transaction. */
@ApplicationScoped
public class IsolationRecords {

  private static final Logger LOG = Logger.getLogger(IsolationRecords.class);
  private static final int LINES_IN_A_MESSAGE = 5;

  private final Tenants tenants;
  private final Verifications verifications;
  private final Announcer announcer;
  private final ProvisioningConfig.IsolationSettings pace;

  IsolationRecords(
      Tenants tenants,
      Verifications verifications,
      Announcer announcer,
      ProvisioningConfig config) {
    this.tenants = tenants;
    this.verifications = verifications;
    this.announcer = announcer;
    this.pace = config.isolation();
  }

  /** Sees to it that a tenant is verified soon after it became ready, and not once it leaves. */
  public void follow(Tenant before, Tenant after) {
    if (before.desired().mode() == Desired.Mode.OFFBOARDED) {
      verifications.forget(before.id());
      return;
    }
    Conditions conditions = after.status().conditions();
    boolean newGeneration =
        before.status().observedGeneration() != after.status().observedGeneration();
    boolean neverVerified = conditions.get(ConditionType.IsolationVerified).isEmpty();
    if (conditions.isTrue(ConditionType.Ready) && (newGeneration || neverVerified)) {
      verifications.schedule(after.id(), pace.after());
    }
  }

  /**
   * Remembers that a tenant is to be asked about again: at once, but after others that are due, or
   * after a while where the cluster did not answer. Says so where nothing is known of this
   * generation yet.
   */
  void leaveUnfinished(Turn turn) {
    boolean waits = turn.silent() || turn.checks().isEmpty();
    Tenant now = tenants.lock(turn.tenant().id()).orElseThrow();
    if (waits) {
      LOG.warnf(
          "tenant=%s isolation not verified: it is not ready, or the cluster did not answer every check; again in %s",
          now.id(), pace.retry());
    }
    if (!turn.checks().isEmpty()
        && now.revision() == turn.tenant().revision()
        && isUndecided(now)) {
      tenants.remember(now.with(unfinished(turn, now)));
    }
    verifications.schedule(now.id(), waits ? pace.retry() : Duration.ZERO);
  }

  private static boolean isUndecided(Tenant tenant) {
    Conditions conditions = tenant.status().conditions();
    return conditions.isTrue(ConditionType.Ready)
        && conditions
            .get(ConditionType.IsolationVerified)
            .filter(last -> last.status() != Condition.Truth.Unknown)
            .filter(last ->
                last.status() == Condition.Truth.False
                    || last.observedGeneration() == tenant.desired().generation())
            .isEmpty();
  }

  private Condition unfinished(Turn turn, Tenant tenant) {
    return Condition.of(
        ConditionType.IsolationVerified,
        Reason.VerificationUnfinished,
        "%d of %d checks are answered; %s"
            .formatted(
                turn.answered(),
                turn.checks().size(),
                turn.silent()
                    ? "the API server did not answer the next one, which is asked again in "
                        + pace.retry()
                    : "the rest follows in turn with other tenants"),
        tenant.desired().generation(),
        turn.at());
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
    Condition condition = condition(report);
    Tenant after = now.with(condition);
    Tenant stored = isNews(now, condition) ? announce(now, after, condition) : after;
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

  private static Condition condition(IsolationReport report) {
    return Condition.of(
        ConditionType.IsolationVerified,
        report.passed() ? Reason.Verified : Reason.IsolationBroken,
        report.passed()
            ? "every attempt to leave the sandbox or to gain rights was refused"
            : broken(report),
        report.generation(),
        report.verifiedAt());
  }

  private static String broken(IsolationReport report) {
    List<IsolationLine> failed = report.failed();
    String lines =
        failed.stream()
            .limit(LINES_IN_A_MESSAGE)
            .map(IsolationLine::toString)
            .collect(joining("; "));
    return "%d of %d checks failed: %s%s. Remove what allows it; all lines: GET /api/v1/tenants/%s/isolation"
        .formatted(
            failed.size(),
            report.lines().size(),
            lines,
            failed.size() > LINES_IN_A_MESSAGE ? "; ..." : "",
            report.tenant());
  }
}
