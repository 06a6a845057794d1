package dev.berth.tenant;

import dev.berth.tenant.Desired.Mode;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a tenant's wishes: decides what a request does to what is remembered. Pure.
 *
 * @param cluster the name of this Berth's cluster
 * @param generationGap the largest step that a generation may take
 * @param patience how long a request may wait for the one that begins the tenant's next life
 */
public record Admission(String cluster, long generationGap, Duration patience) {

  /** What a request does. */
  public sealed interface Decision {

    /** The request changes the tenant as shown. */
    record Applied(Tenant tenant) implements Decision {}

    /**
     * Not newer than what is known.
     *
     * @param remembered a tenant to be remembered all the same, or null
     */
    record Stale(@Nullable Tenant remembered, String message) implements Decision {}

    /** Meant for another cluster. */
    record NotOurs(String message) implements Decision {}

    /**
     * Not admissible, unless the request that begins the tenant's next life is still on its way.
     *
     * @param refusal what it comes to if that never arrives
     * @param message what it waits for
     * @param patience how long it may
     */
    record Early(Refusal refusal, String message, Duration patience) implements Decision {}

    /** Cannot be admitted. */
    record Declined(Refusal refusal) implements Decision {}
  }

  /**
   * What surrounds a request.
   *
   * @param plan the plan version that the request's plan names now; null = not known
   * @param sandboxes the bounds of that plan
   */
  public record Surroundings(
      @Nullable PlanVersion plan, @Nullable Bounds sandboxes, Cause cause, Instant now) {}

  /** Inclusive. */
  public record Bounds(int min, int max) {}

  public Decision decide(@Nullable Tenant known, TenantRequest request, Surroundings around) {
    if (request instanceof TenantRequest.Upsert upsert && !isOurs(upsert.spec())) {
      return new Decision.NotOurs(
          "it is for cluster %s, this one is %s".formatted(upsert.spec().cluster(), cluster));
    }
    Tenant tenant = known == null ? Tenant.unknown(request.tenant(), around.cause()) : known;
    long applied = tenant.desired().generation();
    if (request.generation() <= applied) {
      return new Decision.Stale(
          null,
          "generation %d is not above %d, the highest that was applied: send a higher one"
              .formatted(request.generation(), applied));
    }
    if (request.generation() - applied > generationGap) {
      return new Decision.Declined(
          Refusal.at(
              "/generation",
              Reason.GenerationGap,
              "generation %d is more than %d above %d, the one in force: send the next generation, or raise berth.events.generation-gap"
                  .formatted(request.generation(), generationGap, applied)));
    }
    return switch (request) {
      case TenantRequest.Upsert upsert -> upsert(tenant, upsert, around);
      case TenantRequest.Offboard offboard -> offboard(tenant, offboard, around);
    };
  }

  private boolean isOurs(TenantSpec spec) {
    return spec.cluster() == null || spec.cluster().equals(cluster);
  }

  private Decision upsert(Tenant known, TenantRequest.Upsert upsert, Surroundings around) {
    TenantSpec spec = upsert.spec();
    Bounds bounds = around.sandboxes();
    Integer asked = spec.sandboxes();
    if (bounds != null && asked != null && (asked < bounds.min() || asked > bounds.max())) {
      return new Decision.Declined(
          Refusal.at(
              "/sandboxes",
              Reason.InvalidData,
              "sandboxes is %d, plan %s allows %d to %d"
                  .formatted(asked, around.plan(), bounds.min(), bounds.max())));
    }
    if (known.incarnation() == 0) {
      return new Decision.Applied(begin(known, spec, around));
    }
    if (known.desired().mode() == Mode.ACTIVE) {
      return new Decision.Applied(update(known, spec, around));
    }
    return again(known, upsert, around);
  }

  private Decision again(Tenant known, TenantRequest.Upsert upsert, Surroundings around) {
    boolean waiting = known.desired().next() != null;
    if (upsert.origin() != TenantRequest.Origin.CREATED && !waiting) {
      return new Decision.Early(
          Refusal.at(
              "",
              Reason.TenantOffboarded,
              "the tenant is offboarded: only dev.berth.tenant.created.v1 begins a new incarnation"),
          "the tenant is offboarded: generation %d waits for the dev.berth.tenant.created.v1 of its next life"
              .formatted(upsert.generation()),
          patience);
    }
    if (known.phase() == Phase.OFFBOARDED) {
      return new Decision.Applied(begin(known, upsert.spec(), around));
    }
    Desired before = known.desired();
    Desired desired =
        new Desired(
            Mode.OFFBOARDED, upsert.generation(), before.spec(), before.plan(), upsert.spec());
    return new Decision.Applied(known.revised(desired, around.cause()));
  }

  private static Tenant begin(Tenant known, TenantSpec spec, Surroundings around) {
    Desired desired = new Desired(Mode.ACTIVE, spec.generation(), spec, around.plan(), null);
    return known.reborn(
        desired, around.cause(), accepted(spec, around.now()), pending(spec, around.now()));
  }

  /**
   * The waiting snapshot of a tenant that is gone begins its new incarnation; a tenant without one
   * stays gone.
   */
  public static Tenant reborn(Tenant gone, @Nullable PlanVersion plan, Instant now) {
    TenantSpec next = gone.desired().next();
    Cause cause = gone.cause();
    return next == null || cause == null
        ? gone
        : begin(gone, next, new Surroundings(plan, null, cause, now));
  }

  private static Tenant update(Tenant known, TenantSpec spec, Surroundings around) {
    TenantSpec before = known.desired().spec();
    boolean samePlan = before != null && before.plan().equals(spec.plan());
    PlanVersion pinned =
        samePlan && known.desired().plan() != null ? known.desired().plan() : around.plan();
    Desired desired = new Desired(Mode.ACTIVE, spec.generation(), spec, pinned, null);
    Condition ready =
        known.status().observedGeneration() > 0
            ? updating(spec, around.now())
            : pending(spec, around.now());
    return known.revised(desired, around.cause()).with(accepted(spec, around.now()), ready);
  }

  private static Decision offboard(
      Tenant known, TenantRequest.Offboard offboard, Surroundings around) {
    if (known.incarnation() == 0) {
      return new Decision.Stale(
          neverCreated(known, offboard, around),
          "the tenant was never created here: only the generation is remembered");
    }
    Desired before = known.desired();
    Desired desired =
        new Desired(Mode.OFFBOARDED, offboard.generation(), before.spec(), before.plan(), null);
    Tenant revised = known.revised(desired, around.cause());
    return new Decision.Applied(
        known.phase() == Phase.OFFBOARDED
            ? revised
            : revised.with(
                leaving(ConditionType.Offboarding, offboard, around.now()),
                leaving(ConditionType.Ready, offboard, around.now())));
  }

  /** Remembered, so that a late {@code created} of a lower generation is stale too. */
  private static Tenant neverCreated(
      Tenant known, TenantRequest.Offboard offboard, Surroundings around) {
    long generation = offboard.generation();
    Condition gone =
        Condition.of(
            ConditionType.Offboarding,
            Reason.Offboarded,
            "was never created here",
            generation,
            around.now());
    return known
        .revised(new Desired(Mode.OFFBOARDED, generation, null, null, null), around.cause())
        .with(known.status().with(Conditions.NONE.with(gone)));
  }

  /**
   * The tenant that a rejected request leaves behind: unchanged, or remembered as rejected if it
   * was not known.
   */
  public static Tenant rejected(
      @Nullable Tenant known, TenantId id, Refusal refusal, Surroundings around) {
    if (known != null) {
      return known;
    }
    Condition refused =
        Condition.of(ConditionType.Accepted, refusal.reason(), refusal.message(), 0, around.now());
    return Tenant.unknown(id, around.cause()).with(refused);
  }

  private static Condition leaving(
      ConditionType type, TenantRequest.Offboard offboard, Instant now) {
    String message = "everything of the tenant is to be removed: " + offboard.reason();
    return Condition.of(type, Reason.OffboardingRequested, message, offboard.generation(), now);
  }

  private static Condition accepted(TenantSpec spec, Instant now) {
    String message = "generation %d was accepted".formatted(spec.generation());
    return Condition.of(ConditionType.Accepted, Reason.Accepted, message, spec.generation(), now);
  }

  private static Condition pending(TenantSpec spec, Instant now) {
    String message = "waits to be provisioned";
    return Condition.of(ConditionType.Ready, Reason.Pending, message, spec.generation(), now);
  }

  private static Condition updating(TenantSpec spec, Instant now) {
    String message = "generation %d is being applied".formatted(spec.generation());
    return Condition.of(ConditionType.Ready, Reason.Updating, message, spec.generation(), now);
  }
}
