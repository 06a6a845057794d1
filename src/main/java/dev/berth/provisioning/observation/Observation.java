package dev.berth.provisioning.observation;

import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Work;
import dev.berth.tenant.condition.Brief;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What would be done for a tenant.
 *
 * @param time when the cluster was looked at
 * @param would one line for each thing; empty = the tenant is as it shall be
 */
public record Observation(Instant time, List<String> would) {

  static final String UNTRIED =
      "whether pods outside the sandbox are denied is not known: that is tried in canary namespaces,"
          + " which are made once berth.mode is work";

  private static final int MOST = 100;

  public Observation {
    would = List.copyOf(would);
  }

  /**
   * In words.
   *
   * @param untried whether the plan rests on pods that were not tried
   */
  static Observation of(
      Work work, Map<Operation, Outcome> outcomes, boolean untried, Instant time) {
    Stream<String> held =
        work.findings().stream()
            .filter(Work.Finding::blocks)
            .map(f -> "be held back by %s: %s".formatted(f.reason(), f.message()));
    Stream<String> done =
        outcomes.entrySet().stream().flatMap(e -> line(e.getKey(), e.getValue()).stream());
    Stream<String> doubt = untried ? Stream.of(UNTRIED) : Stream.empty();
    return new Observation(
        time,
        Stream.of(held, done, doubt)
            .flatMap(lines -> lines)
            .limit(MOST)
            .map(line -> Brief.message(line, Condition.LONGEST_MESSAGE))
            .toList());
  }

  private static Optional<String> line(Operation operation, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> Optional.empty();
      case Outcome.InProgress p when p.reason() == Reason.Observing -> Optional.of(p.message());
      case Outcome.InProgress p -> Optional.of(met(operation, p.reason(), p.message()));
      case Outcome.Retryable r -> Optional.of(met(operation, r.reason(), r.message()));
      case Outcome.Rejected r -> Optional.of(met(operation, r.reason(), r.message()));
      case Outcome.Skipped s -> Optional.of("then " + operation.id());
    };
  }

  private static String met(Operation operation, Reason reason, String message) {
    return "%s, but meets %s: %s".formatted(operation.id(), reason, message);
  }
}
