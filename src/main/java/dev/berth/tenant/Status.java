package dev.berth.tenant;

import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant fares.
 *
 * @param sequence number of the last announced step, gapless over all incarnations; 0 = nothing was
 *     announced
 * @param previousPhase the phase before the last announced step
 * @param observedGeneration the generation that the cluster was last brought to
 * @param appliedPlan the plan version the cluster was last brought to; null = the tenant was never
 *     opened
 * @param runtimes the classes that its pods may run in: the one that it stands on, and after it the
 *     one that it is being moved to; remembered before any namespace names them
 * @param attempt failed attempts in a row
 * @param nextRetryAt when the next attempt is due, null when none is
 */
public record Status(
    Conditions conditions,
    long sequence,
    @Nullable Phase previousPhase,
    long observedGeneration,
    @Nullable PlanVersion appliedPlan,
    Sandboxes sandboxes,
    List<RuntimeClass> runtimes,
    int attempt,
    @Nullable Instant nextRetryAt) {

  public Status {
    runtimes = List.copyOf(runtimes);
  }

  public static final Status NONE =
      new Status(Conditions.NONE, 0, null, 0, null, Sandboxes.NONE, List.of(), 0, null);

  public Phase phase() {
    return Phase.of(conditions, appliedPlan != null);
  }

  public Status with(Conditions changed) {
    return new Status(
        changed,
        sequence,
        previousPhase,
        observedGeneration,
        appliedPlan,
        sandboxes,
        runtimes,
        attempt,
        nextRetryAt);
  }

  /** This status with the class as the one that its pods are to run in from now on. */
  public Status movingTo(String runtimeClass, String handler) {
    List<RuntimeClass> all = new ArrayList<>(runtimes);
    all.removeIf(r -> r.name().equals(runtimeClass) && r.hasHandler(handler));
    all.add(new RuntimeClass(runtimeClass, handler));
    return new Status(
        conditions,
        sequence,
        previousPhase,
        observedGeneration,
        appliedPlan,
        sandboxes,
        all,
        attempt,
        nextRetryAt);
  }

  /**
   * This status as the next step after {@code before}: with the next number and the phase it came
   * from.
   */
  public Status announcedAfter(Status before) {
    Phase from = before.sequence == 0 ? null : before.phase();
    return new Status(
        conditions,
        before.sequence + 1,
        from,
        observedGeneration,
        appliedPlan,
        sandboxes,
        runtimes,
        attempt,
        nextRetryAt);
  }
}
