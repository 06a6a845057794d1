package dev.berth.plan;

import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for a tenant.
 *
 * @param operations in an order in which each comes after those it depends on
 * @param findings what was decided without touching the cluster; a blocking one means that nobody
 *     is let in and nothing new is made: access is taken away, and what guards an open tenant kept
 * @param sandboxes what the tenant gets
 * @param lost of the guarantees that the tenant stands on; null = nothing
 */
public record Work(
    List<Operation> operations,
    List<Finding> findings,
    Sandboxes sandboxes,
    @Nullable Finding lost) {

  public Work {
    operations = List.copyOf(operations);
    findings = List.copyOf(findings);
  }

  public Work(List<Operation> operations, List<Finding> findings, Sandboxes sandboxes) {
    this(operations, findings, sandboxes, null);
  }

  /** This, and what else was found out. */
  public Work with(Finding found) {
    List<Finding> all = new ArrayList<>(findings);
    all.add(found);
    return new Work(operations, all, sandboxes, lost);
  }

  /** A judgement on one aspect of the tenant. */
  public record Finding(ConditionType type, Reason reason, String message) {

    /** Whether it keeps the tenant from being opened or brought up to date. */
    public boolean blocks() {
      Weight weight = reason.weight();
      return weight == Weight.BLOCK || weight == Weight.RETRY || weight == Weight.WAIT;
    }
  }

  /** Whether a finding keeps the tenant from being opened or brought up to date. */
  public boolean isBlocked() {
    return findings.stream().anyMatch(Finding::blocks);
  }

  /** Whether all that is known is that nothing is known of the cluster. */
  public boolean isUninformed() {
    return findings.stream().anyMatch(finding -> finding.reason() == Reason.FactsUnknown);
  }
}
