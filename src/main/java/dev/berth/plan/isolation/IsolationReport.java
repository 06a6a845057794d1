package dev.berth.plan.isolation;

import dev.berth.plan.isolation.IsolationLine.Result;
import dev.berth.tenant.TenantId;
import java.time.Instant;
import java.util.List;

/** What the API server answered to every check of a tenant's isolation. */
public record IsolationReport(
    TenantId tenant,
    int incarnation,
    long generation,
    Instant verifiedAt,
    List<IsolationLine> lines) {

  public IsolationReport {
    lines = List.copyOf(lines);
  }

  /** No check failed. */
  public boolean passed() {
    return failed().isEmpty();
  }

  public List<IsolationLine> failed() {
    return lines.stream().filter(line -> line.result() == Result.FAILED).toList();
  }
}
