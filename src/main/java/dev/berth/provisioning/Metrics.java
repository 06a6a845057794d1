package dev.berth.provisioning;

import dev.berth.event.RawRecord;
import dev.berth.event.outgoing.StepType;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Counts what happens. No tenant, namespace or message is ever a label. */
@ApplicationScoped
public class Metrics {

  private final MeterRegistry registry;

  Metrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param reason why it was not applied; empty where the verdict says it all
   */
  public void decided(RawRecord raw, String verdict, String reason) {
    registry
        .counter("berth.records", "topic", raw.topic(), "verdict", verdict, "reason", reason)
        .increment();
  }

  /**
   * @param ours false if another replica claimed the tenant meanwhile
   */
  public void claimed(boolean ours) {
    registry.counter("berth.claims", "result", ours ? "ok" : "fenced").increment();
  }

  /** A tenant that could not be read or planned was put off. */
  public void unplannable() {
    registry.counter("berth.claims", "result", "unplannable").increment();
  }

  /**
   * @param result of a verification: passed, failed or unanswered
   */
  public void verified(String result) {
    registry.counter("berth.isolation.reports", "result", result).increment();
  }

  public Outcome timed(Operation operation, Supplier<Outcome> execution) {
    Timer.Sample sample = Timer.start(registry);
    Outcome outcome = execution.get();
    sample.stop(
        Timer.builder("berth.operation.duration")
            .tag("resource", resource(operation))
            .tag("outcome", outcome.getClass().getSimpleName())
            .register(registry));
    return outcome;
  }

  private static String resource(Operation operation) {
    return switch (operation) {
      case Operation.Apply apply -> apply.resource().key().kind().name();
      case Operation.Revoke revoke -> "Revoke";
      case Operation.Verify verify -> "Verify " + verify.proof();
      case Operation.EvictPods evict -> "Pods";
      case Operation.EvictUnfit evict -> "Unfit pods";
      case Operation.Delete delete -> "Delete " + delete.key().kind();
    };
  }

  /** Times the way from the acceptance of a tenant to its first readiness, by plan. */
  public void announced(StepType step, Tenant before, Instant now) {
    PlanVersion plan = before.desired().plan();
    boolean first = step == StepType.PROVISIONED && before.status().observedGeneration() == 0;
    if (!first || plan == null) {
      return;
    }
    before
        .status()
        .conditions()
        .get(ConditionType.Accepted)
        .map(Condition::lastTransitionTime)
        .ifPresent(accepted ->
            Timer.builder("berth.onboarding.duration")
                .tag("plan", plan.toString())
                .serviceLevelObjectives(
                    Duration.ofMillis(50),
                    Duration.ofMillis(100),
                    Duration.ofMillis(250),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30))
                .register(registry)
                .record(Duration.between(accepted, now)));
  }
}
