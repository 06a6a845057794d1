package dev.berth.tenant;

import dev.berth.tenant.Desired.Mode;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a tenant's wishes: decides what a request does to what is remembered. Pure.
 *
 * @param cluster the name of this Berth's cluster
 * @param generationGap the largest step that a generation may take
 */
public record Admission(String cluster, long generationGap) {

  /** What a request does. */
  public sealed interface Decision {

    /** The request changes the tenant as shown. */
    record Applied(Tenant tenant) implements Decision {}

    /**
     * Not newer than what is known.
     *
     * @param remembered a tenant to be remembered all the same, or null
     */
    record Stale(@Nullable Tenant remembered) implements Decision {}

    /** Meant for another cluster. */
    record NotOurs() implements Decision {}

    /** Cannot be admitted. */
    record Declined(Reason reason, String message, String pointer) implements Decision {}
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
      return new Decision.NotOurs();
    }
    long applied = known == null ? 0 : known.desired().generation();
    if (request.generation() <= applied) {
      return new Decision.Stale(null);
    }
    if (request.generation() - applied > generationGap) {
      return new Decision.Declined(
          Reason.GenerationGap,
          "generation %d is more than %d above %d, the one in force: send the next generation, or raise berth.events.generation-gap"
              .formatted(request.generation(), generationGap, applied),
          "/generation");
    }
    return switch (request) {
      case TenantRequest.Upsert upsert -> upsert(known, upsert, around);
      case TenantRequest.Offboard offboard -> offboard(known, offboard, around);
    };
  }

  private boolean isOurs(TenantSpec spec) {
    return spec.cluster() == null || spec.cluster().equals(cluster);
  }

  private static Decision upsert(
      @Nullable Tenant known, TenantRequest.Upsert upsert, Surroundings around) {
    TenantSpec spec = upsert.spec();
    Bounds bounds = around.sandboxes();
    Integer asked = spec.sandboxes();
    if (bounds != null && asked != null && (asked < bounds.min() || asked > bounds.max())) {
      return new Decision.Declined(
          Reason.InvalidData,
          "sandboxes is %d, plan %s allows %d to %d"
              .formatted(asked, around.plan(), bounds.min(), bounds.max()),
          "/sandboxes");
    }
    if (known == null || known.incarnation() == 0) {
      return new Decision.Applied(begin(upsert.tenant(), known, spec, around));
    }
    if (known.desired().mode() == Mode.ACTIVE) {
      return new Decision.Applied(update(known, spec, around));
    }
    return again(known, upsert, around);
  }

  private static Decision again(Tenant known, TenantRequest.Upsert upsert, Surroundings around) {
    boolean waiting = known.desired().next() != null;
    if (upsert.origin() != TenantRequest.Origin.CREATED && !waiting) {
      return new Decision.Declined(
          Reason.TenantOffboarded,
          "the tenant is offboarded: only dev.berth.tenant.created.v1 begins a new incarnation",
          "");
    }
    if (known.phase() == Phase.OFFBOARDED) {
      return new Decision.Applied(begin(known.id(), known, upsert.spec(), around));
    }
    Desired before = known.desired();
    Desired desired =
        new Desired(
            Mode.OFFBOARDED, upsert.generation(), before.spec(), before.plan(), upsert.spec());
    return new Decision.Applied(
        new Tenant(
            known.id(),
            known.incarnation(),
            known.revision() + 1,
            desired,
            known.status(),
            known.namespaces(),
            around.cause()));
  }

  /** A new incarnation: nothing of an earlier one remains but its numbers. */
  private static Tenant begin(
      TenantId id, @Nullable Tenant known, TenantSpec spec, Surroundings around) {
    Condition accepted = accepted(spec, around);
    Condition ready = ready(Reason.Pending, "waits to be provisioned", spec, around);
    Status before = known == null ? Status.NONE : known.status();
    Status status =
        new Status(
            Conditions.of(List.of(accepted, ready)),
            before.sequence(),
            before.previousPhase(),
            0,
            null,
            Sandboxes.NONE,
            List.of(),
            0,
            null);
    return new Tenant(
        id,
        known == null ? 1 : known.incarnation() + 1,
        known == null ? 1 : known.revision() + 1,
        new Desired(Mode.ACTIVE, spec.generation(), spec, around.plan(), null),
        status,
        List.of(),
        around.cause());
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
        : begin(gone.id(), gone, next, new Surroundings(plan, null, cause, now));
  }

  private static Tenant update(Tenant known, TenantSpec spec, Surroundings around) {
    TenantSpec before = known.desired().spec();
    boolean samePlan = before != null && before.plan().equals(spec.plan());
    PlanVersion pinned =
        samePlan && known.desired().plan() != null ? known.desired().plan() : around.plan();
    boolean provisioned = known.status().observedGeneration() > 0;
    Condition ready =
        provisioned
            ? ready(
                Reason.Updating,
                "generation %d is being applied".formatted(spec.generation()),
                spec,
                around)
            : ready(Reason.Pending, "waits to be provisioned", spec, around);
    Conditions conditions =
        known.status().conditions().with(List.of(accepted(spec, around), ready));
    return new Tenant(
        known.id(),
        known.incarnation(),
        known.revision() + 1,
        new Desired(Mode.ACTIVE, spec.generation(), spec, pinned, null),
        known.status().with(conditions),
        known.namespaces(),
        around.cause());
  }

  private static Decision offboard(
      @Nullable Tenant known, TenantRequest.Offboard offboard, Surroundings around) {
    if (known == null || known.incarnation() == 0) {
      return new Decision.Stale(neverCreated(known, offboard, around));
    }
    Desired before = known.desired();
    Desired desired =
        new Desired(Mode.OFFBOARDED, offboard.generation(), before.spec(), before.plan(), null);
    boolean gone = known.phase() == Phase.OFFBOARDED;
    Conditions conditions = known.status().conditions();
    Status status = known.status();
    if (!gone) {
      status = status.with(conditions.with(leaving(offboard, around)));
    }
    return new Decision.Applied(
        new Tenant(
            known.id(),
            known.incarnation(),
            known.revision() + 1,
            desired,
            status,
            known.namespaces(),
            around.cause()));
  }

  /** Remembered, so that a late {@code created} of a lower generation is stale too. */
  private static Tenant neverCreated(
      @Nullable Tenant known, TenantRequest.Offboard offboard, Surroundings around) {
    Condition gone =
        new Condition(
            ConditionType.Offboarding,
            Condition.Truth.True,
            Reason.Offboarded,
            "was never created here",
            offboard.generation(),
            around.now());
    Status before = known == null ? Status.NONE : known.status();
    return new Tenant(
        offboard.tenant(),
        0,
        known == null ? 1 : known.revision() + 1,
        new Desired(Mode.OFFBOARDED, offboard.generation(), null, null, null),
        before.with(Conditions.of(List.of(gone))),
        List.of(),
        around.cause());
  }

  /**
   * The tenant that a rejected request leaves behind: unchanged, or remembered as rejected if it
   * was not known.
   */
  public static Tenant rejected(
      @Nullable Tenant known, TenantId id, Reason reason, String message, Surroundings around) {
    if (known != null) {
      return known;
    }
    Condition refused =
        new Condition(
            ConditionType.Accepted, Condition.Truth.False, reason, message, 0, around.now());
    Status status = Status.NONE.with(Conditions.of(List.of(refused)));
    Desired nothing = new Desired(Mode.ACTIVE, 0, null, null, null);
    return new Tenant(id, 0, 0, nothing, status, List.of(), around.cause());
  }

  private static List<Condition> leaving(TenantRequest.Offboard offboard, Surroundings around) {
    String message = "everything of the tenant is to be removed: " + offboard.reason();
    return List.of(
        new Condition(
            ConditionType.Offboarding,
            Condition.Truth.True,
            Reason.OffboardingRequested,
            message,
            offboard.generation(),
            around.now()),
        new Condition(
            ConditionType.Ready,
            Condition.Truth.False,
            Reason.OffboardingRequested,
            message,
            offboard.generation(),
            around.now()));
  }

  private static Condition accepted(TenantSpec spec, Surroundings around) {
    return new Condition(
        ConditionType.Accepted,
        Condition.Truth.True,
        Reason.Accepted,
        "generation %d was accepted".formatted(spec.generation()),
        spec.generation(),
        around.now());
  }

  private static Condition ready(
      Reason reason, String message, TenantSpec spec, Surroundings around) {
    return new Condition(
        ConditionType.Ready,
        Condition.Truth.False,
        reason,
        message,
        spec.generation(),
        around.now());
  }
}
