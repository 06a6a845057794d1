package dev.berth.tenant;

import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Phase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant fares.
 *
 * @param announced the last step that others were told
 * @param footing what the tenant stands on in the cluster
 * @param retry of what failed
 */
public record Status(
    Conditions conditions, LastStep announced, Footing footing, Sandboxes sandboxes, Retry retry) {

  public static final Status NONE =
      new Status(
          Conditions.NONE,
          new LastStep(0, null, null),
          new Footing(0, null, List.of()),
          Sandboxes.NONE,
          new Retry(0, null));

  /**
   * A step that others were told.
   *
   * @param sequence its number, gapless over all incarnations; 0 = nothing was announced
   * @param from the phase before it
   * @param since when the phase last changed; null = before this was kept
   */
  public record LastStep(long sequence, @Nullable Phase from, @Nullable Instant since) {}

  /**
   * What a tenant stands on in the cluster.
   *
   * @param generation that the cluster was last brought to
   * @param plan the version that the cluster was last brought to; null = the tenant was never
   *     opened
   * @param runtimes the classes that its pods may run in: the one that it stands on, and after it
   *     the one that it is being moved to; remembered before any namespace names them
   */
  public record Footing(long generation, @Nullable PlanVersion plan, List<RuntimeClass> runtimes) {
    public Footing {
      runtimes = List.copyOf(runtimes);
    }
  }

  /**
   * The next attempt at what failed.
   *
   * @param attempt failed attempts in a row
   * @param at when the next attempt is due, null when none is
   */
  public record Retry(int attempt, @Nullable Instant at) {}

  public Phase phase() {
    return Phase.of(conditions, footing.plan() != null);
  }

  public long sequence() {
    return announced.sequence();
  }

  public @Nullable Phase previousPhase() {
    return announced.from();
  }

  /** When the phase last changed; null = before this was kept. */
  public @Nullable Instant since() {
    return announced.since();
  }

  public long observedGeneration() {
    return footing.generation();
  }

  public @Nullable PlanVersion appliedPlan() {
    return footing.plan();
  }

  public List<RuntimeClass> runtimes() {
    return footing.runtimes();
  }

  public int attempt() {
    return retry.attempt();
  }

  public @Nullable Instant nextRetryAt() {
    return retry.at();
  }

  public Status with(Conditions changed) {
    return new Status(changed, announced, footing, sandboxes, retry);
  }

  public Status with(Condition... changed) {
    return with(conditions.with(List.of(changed)));
  }

  public Status with(Sandboxes changed) {
    return new Status(conditions, announced, footing, changed, retry);
  }

  /** This status once the cluster was brought to the generation of the plan. */
  public Status reached(long generation, @Nullable PlanVersion plan) {
    return with(new Footing(generation, plan, runtimes()));
  }

  /** This status with the class as the one that its pods are to run in from now on. */
  public Status movingTo(String runtimeClass, String handler) {
    List<RuntimeClass> all = new ArrayList<>(runtimes());
    all.removeIf(r -> r.name().equals(runtimeClass) && r.hasHandler(handler));
    all.add(new RuntimeClass(runtimeClass, handler));
    return runningIn(all);
  }

  /** This status with the classes that its pods may run in. */
  public Status runningIn(List<RuntimeClass> runtimes) {
    return with(new Footing(observedGeneration(), appliedPlan(), runtimes));
  }

  private Status with(Footing changed) {
    return new Status(conditions, announced, changed, sandboxes, retry);
  }

  public Status retrying(int attempt, @Nullable Instant at) {
    return new Status(conditions, announced, footing, sandboxes, new Retry(attempt, at));
  }

  /**
   * This status as the next step after {@code before}: with the next number and the phase it came
   * from.
   */
  public Status announcedAfter(Status before, Instant now) {
    Phase from = before.sequence() == 0 ? null : before.phase();
    return with(
        new LastStep(
            before.sequence() + 1,
            from,
            from == phase() ? before.since() : now.truncatedTo(ChronoUnit.MILLIS)));
  }

  /** As a new incarnation begins: of the one before nothing remains but its last step. */
  public Status reborn(Condition... first) {
    return NONE.with(first).with(announced);
  }

  private Status with(LastStep last) {
    return new Status(conditions, last, footing, sandboxes, retry);
  }
}
