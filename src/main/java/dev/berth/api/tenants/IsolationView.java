package dev.berth.api.tenants;

import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationReport;
import java.util.List;
import java.util.Locale;

/** An isolation report as the API shows it. */
record IsolationView(
    String tenantId,
    int incarnation,
    long generation,
    String verifiedAt,
    boolean passed,
    List<LineView> lines) {

  /**
   * One check.
   *
   * @param namespace empty = the cluster as a whole
   */
  record LineView(
      String check,
      String subject,
      String namespace,
      String expected,
      String answer,
      String guard,
      String result) {

    private static LineView of(IsolationLine line) {
      return new LineView(
          line.check(),
          line.subject(),
          line.namespace(),
          line.expected(),
          line.answer(),
          line.guard(),
          line.result().name().toLowerCase(Locale.ROOT));
    }
  }

  static IsolationView of(IsolationReport report) {
    return new IsolationView(
        report.tenant().value(),
        report.incarnation(),
        report.generation(),
        report.verifiedAt().toString(),
        report.passed(),
        report.lines().stream().map(LineView::of).toList());
  }
}
