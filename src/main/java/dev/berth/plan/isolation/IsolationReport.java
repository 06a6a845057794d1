package dev.berth.plan.isolation;

import static java.util.stream.Collectors.joining;

import dev.berth.plan.isolation.IsolationLine.LineResult;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.List;

/** What the API server answered to every check of a tenant's isolation. */
public record IsolationReport(
    TenantId tenant,
    int incarnation,
    long generation,
    Instant verifiedAt,
    List<IsolationLine> lines) {

  private static final int LINES_IN_A_MESSAGE = 5;

  public IsolationReport {
    lines = List.copyOf(lines);
  }

  /** No check failed. */
  public boolean passed() {
    return failed().isEmpty();
  }

  public List<IsolationLine> failed() {
    return lines.stream().filter(line -> line.result() == LineResult.FAILED).toList();
  }

  /** What follows from it for the tenant. */
  public Condition condition() {
    return Condition.of(
        ConditionType.IsolationVerified,
        passed() ? Reason.Verified : Reason.IsolationBroken,
        passed() ? "every attempt to leave the sandbox or to gain rights was refused" : broken(),
        generation,
        verifiedAt);
  }

  private String broken() {
    List<IsolationLine> failed = failed();
    String first =
        failed.stream()
            .limit(LINES_IN_A_MESSAGE)
            .map(IsolationLine::toString)
            .collect(joining("; "));
    return "%d of %d checks failed: %s%s. Remove what allows it; all lines: GET /api/v1/tenants/%s/isolation"
        .formatted(
            failed.size(),
            lines.size(),
            first,
            failed.size() > LINES_IN_A_MESSAGE ? "; ..." : "",
            tenant);
  }
}
