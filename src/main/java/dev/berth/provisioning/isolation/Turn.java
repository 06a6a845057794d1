package dev.berth.provisioning.isolation;

import dev.berth.plan.isolation.IsolationCheck;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationReport;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.Condition.Truth;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How far the verification of a tenant came.
 *
 * @param checks all that is to be asked; none = there is nothing to be verified now
 * @param lines what was answered, in this turn and before
 * @param silent whether a question got no answer that says anything
 * @param at the end of the turn
 */
record Turn(
    Tenant tenant,
    List<IsolationCheck> checks,
    Map<IsolationCheck, IsolationLine> lines,
    boolean silent,
    Instant at) {

  Turn {
    lines = Map.copyOf(lines);
  }

  int answered() {
    return (int) checks.stream().filter(lines::containsKey).count();
  }

  /** Nothing is left to be asked. */
  boolean isOver() {
    return answered() == checks.size();
  }

  /** Empty while something is left to be asked, and where there is nothing to be verified. */
  Optional<IsolationReport> report() {
    return isOver() && !checks.isEmpty()
        ? Optional.of(
            new IsolationReport(
                tenant.id(),
                tenant.incarnation(),
                tenant.desired().generation(),
                at,
                checks.stream().map(lines::get).map(Objects::requireNonNull).toList()))
        : Optional.empty();
  }

  /** Whether the tenant is to have another turn, as it is now. */
  boolean goesOn(Tenant now) {
    return now.revision() == tenant.revision() && !silent && !checks.isEmpty();
  }

  /** Whether nothing else is known of this generation of the tenant, as it is now. */
  boolean isNews(Tenant now) {
    Conditions conditions = now.status().conditions();
    return now.revision() == tenant.revision()
        && !checks.isEmpty()
        && conditions
            .get(ConditionType.IsolationVerified)
            .filter(last -> last.status() != Truth.Unknown)
            .filter(last ->
                last.status() == Truth.False
                    || last.observedGeneration() == tenant.desired().generation())
            .isEmpty();
  }

  /**
   * How far it is, for people.
   *
   * @param retry when what was not answered is asked again
   */
  Condition progress(Duration retry) {
    return Condition.of(
        ConditionType.IsolationVerified,
        Reason.VerificationUnfinished,
        "%d of %d checks are answered; %s"
            .formatted(
                answered(),
                checks.size(),
                silent
                    ? "the API server did not answer the next one, which is asked again in " + retry
                    : "the rest follows in turn with other tenants"),
        tenant.desired().generation(),
        at);
  }
}
