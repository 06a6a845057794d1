package dev.berth.provisioning.isolation;

import dev.berth.plan.isolation.IsolationCheck;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationReport;
import dev.berth.tenant.Tenant;
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
}
