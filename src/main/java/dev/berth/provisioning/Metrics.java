package dev.berth.provisioning;

import dev.berth.event.RawRecord;
import dev.berth.event.outgoing.StepType;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Counts what happens. No tenant, namespace or message is ever a label. */
@ApplicationScoped
public class Metrics {

  private static final Set<Reason> CONTESTED =
      EnumSet.of(
          Reason.ContentMismatch, Reason.ApiConflict, Reason.Contested, Reason.GuardContested);
  private static final double[] OPERATION = {0.05, 0.25, 1, 5, 30};
  private static final double[] ONBOARDING = {0.05, 0.1, 0.25, 1, 5, 30, 120, 600};
  private static final double[] VERDICT = {0.1, 0.5, 1, 5, 30, 300};

  private final MeterRegistry registry;
  private final Clock clock;

  Metrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  private static Duration[] seconds(double[] bounds) {
    return DoubleStream.of(bounds)
        .mapToObj(bound -> Duration.ofMillis(Math.round(bound * 1000)))
        .toArray(Duration[]::new);
  }

  /**
   * Counts a record by its verdict, and times how long it waited for it since the broker took it.
   *
   * @param reason why it was not applied; null where the ruling says it all
   */
  public void decided(RawRecord raw, Ruling ruling, @Nullable Reason reason) {
    counted(raw, ruling, reason);
    if (ruling != Ruling.PARKED) {
      Timer.builder("berth.verdict.delay")
          .serviceLevelObjectives(seconds(VERDICT))
          .register(registry)
          .record(Duration.between(raw.timestamp(), clock.instant()));
    }
  }

  /** Counts a record by its verdict, which waited for another event. */
  public void counted(RawRecord raw, Ruling ruling, @Nullable Reason reason) {
    String why = reason == null ? "" : reason.name();
    registry
        .counter("berth.records", "topic", raw.topic(), "verdict", ruling.name(), "reason", why)
        .increment();
  }

  /**
   * Counts a recorded or dropped result of work.
   *
   * @param ours false if another replica claimed the tenant meanwhile
   */
  public void claimed(boolean ours) {
    registry.counter("berth.claims", "result", ours ? "ok" : "fenced").increment();
  }

  /** A tenant was taken over: the lease of its last claim ran out before anything was recorded. */
  public void takenOver() {
    registry.counter("berth.claims", "result", "expired").increment();
  }

  /** A tenant that could not be read or planned was put off. */
  public void unplannable() {
    registry.counter("berth.claims", "result", "unplannable").increment();
  }

  /**
   * Counts a verification.
   *
   * @param result of a verification: passed, failed or unanswered
   */
  public void verified(String result) {
    registry.counter("berth.isolation.reports", "result", result).increment();
  }

  /** Times an operation, and counts the objects that others change again and again. */
  public Outcome timed(Operation operation, Supplier<Outcome> execution) {
    Timer.Sample sample = Timer.start(registry);
    Outcome outcome = execution.get();
    sample.stop(
        Timer.builder("berth.operation.duration")
            .tag("resource", resource(operation))
            .tag("outcome", outcome.getClass().getSimpleName())
            .serviceLevelObjectives(seconds(OPERATION))
            .register(registry));
    if (isContested(outcome)) {
      drifted(resource(operation), "contested");
    }
    return outcome;
  }

  private static boolean isContested(Outcome outcome) {
    return (outcome instanceof Outcome.Retryable retryable
            && CONTESTED.contains(retryable.reason()))
        || (outcome instanceof Outcome.Rejected rejected && CONTESTED.contains(rejected.reason()));
  }

  /** An object of a tenant was seen to be changed by others. */
  public void detected(Resource.Kind kind) {
    drifted(kind.name(), "detected");
  }

  /** An object of a tenant was not as it had been written, and was brought back. */
  public void repaired(Resource.Kind kind) {
    drifted(kind.name(), "repaired");
  }

  private void drifted(String resource, String action) {
    registry.counter("berth.drift", "resource", resource, "action", action).increment();
  }

  /** What an operation is about, without saying whose. */
  public static String resource(Operation operation) {
    return switch (operation) {
      case Operation.Write write -> write.resource().key().kind().name();
      case Operation.Revoke revoke -> "Revoke";
      case Operation.Verify verify -> "Verify " + verify.proof();
      case Operation.EvictPods evict -> "Pods";
      case Operation.EvictUnfit evict -> "Unfit pods";
      case Operation.Delete delete -> "Delete " + delete.key().kind();
    };
  }

  /**
   * Times the way from the acceptance of a tenant to its first readiness, by plan.
   *
   * @param inLine how long of it the tenant was on the waiting list, which does not count
   */
  public void announced(StepType step, Tenant before, Supplier<Duration> inLine) {
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
                .serviceLevelObjectives(seconds(ONBOARDING))
                .register(registry)
                .record(Duration.between(accepted, clock.instant()).minus(inLine.get())));
  }
}
