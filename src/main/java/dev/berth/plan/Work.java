package dev.berth.plan;

import dev.berth.tenant.ConditionType;
import dev.berth.tenant.Reason;
import dev.berth.tenant.Reason.Weight;
import dev.berth.tenant.Sandboxes;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be done for a tenant.
 *
 * @param operations in an order in which each comes after those it depends on
 * @param findings what was decided without touching the cluster; a blocking one means that there
 *     are no operations
 * @param sandboxes what the tenant gets
 */
public record Work(List<Operation> operations, List<Finding> findings, Sandboxes sandboxes) {

  public Work {
    operations = List.copyOf(operations);
    findings = List.copyOf(findings);
  }

  /** This without the findings of that reason. */
  Work without(Reason reason) {
    return new Work(
        operations, findings.stream().filter(f -> f.reason() != reason).toList(), sandboxes);
  }

  /** This, with nothing done but taking away, because of {@code why}. */
  public Work withheld(Finding why) {
    List<Operation> revocations =
        operations.stream().filter(Operation.Revoke.class::isInstance).toList();
    List<Finding> others = findings.stream().filter(f -> f.type() != why.type()).toList();
    return new Work(
        revocations, Stream.concat(others.stream(), Stream.of(why)).toList(), sandboxes);
  }

  /** A judgement on one aspect of the tenant. */
  public record Finding(ConditionType type, Reason reason, String message) {}

  /** Whether a finding keeps the tenant from being opened or brought up to date. */
  public boolean isBlocked() {
    return findings.stream()
        .map(finding -> finding.reason().weight())
        .anyMatch(w -> w == Weight.BLOCK || w == Weight.RETRY || w == Weight.WAIT);
  }
}
