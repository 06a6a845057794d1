package dev.berth.tenant;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant fares.
 *
 * @param sequence number of the last announced step, gapless over all incarnations; 0 = nothing was
 *     announced
 * @param previousPhase the phase before the last announced step
 * @param observedGeneration the generation that the cluster was last brought to
 * @param appliedPlan the plan version the cluster was last brought to
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
    int attempt,
    @Nullable Instant nextRetryAt) {

  public static final Status NONE =
      new Status(Conditions.NONE, 0, null, 0, null, Sandboxes.NONE, 0, null);

  public Phase phase() {
    return Phase.of(conditions);
  }

  public Status with(Conditions changed) {
    return new Status(
        changed,
        sequence,
        previousPhase,
        observedGeneration,
        appliedPlan,
        sandboxes,
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
        attempt,
        nextRetryAt);
  }
}
