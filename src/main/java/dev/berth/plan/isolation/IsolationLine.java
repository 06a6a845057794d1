package dev.berth.plan.isolation;

/**
 * What the API server answered to a check.
 *
 * @param check what was tried or asked
 * @param subject who tried it, or was asked about
 * @param namespace empty = in the cluster as a whole
 * @param guard what gave the answer, such as the name of a policy
 */
public record IsolationLine(
    String check,
    String subject,
    String namespace,
    String expected,
    String answer,
    String guard,
    LineResult result) {

  public enum LineResult {
    PASSED,
    FAILED,
    /** Answered by something that says nothing about the guard in question. */
    INCONCLUSIVE
  }

  public static IsolationLine of(
      IsolationCheck check, String answer, String guard, LineResult result) {
    return new IsolationLine(
        check.what(), check.subject(), check.namespace(), check.expected(), answer, guard, result);
  }

  /** For people: what was tried, and what came of it. */
  @Override
  public String toString() {
    return "%s, %s in %s: %s instead of %s (%s)"
        .formatted(
            subject,
            check,
            namespace.isEmpty() ? "the cluster" : namespace,
            answer,
            expected,
            guard);
  }
}
