package dev.berth.provisioning.assessment;

import dev.berth.event.outgoing.StepType;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Work;
import dev.berth.tenant.Desired;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant fares after its operations were carried out. Pure.
 *
 * @param gravest what holds the tenant back most, or that nothing does
 */
public record Assessment(Tenant tenant, Judgement gravest) {

  /** The tenant as work on it begins. Access is said to be closed no longer than it stays so. */
  public static Tenant begun(Tenant tenant, Instant at) {
    return switch (tenant.phase()) {
      case ACCEPTED -> underWay(tenant, ConditionType.Ready, Reason.Provisioning, at);
      case OFFBOARDING ->
          with(
              underWay(tenant, ConditionType.Offboarding, Reason.Deprovisioning, at),
              closing(tenant, at));
      default ->
          isClosed(tenant)
              ? underWay(tenant, ConditionType.AccessReady, Reason.Provisioning, at)
              : tenant;
    };
  }

  private static boolean isClosed(Tenant tenant) {
    return tenant.desired().mode() == Desired.Mode.ACTIVE
        && closed(tenant).equals(Optional.of(Reason.AccessClosed));
  }

  private static Tenant underWay(Tenant tenant, ConditionType type, Reason reason, Instant at) {
    Condition.Truth status =
        switch (type) {
          case Ready -> Condition.Truth.False;
          case Offboarding -> Condition.Truth.True;
          default -> Condition.Truth.Unknown;
        };
    long generation = tenant.desired().generation();
    return with(tenant, new Condition(type, status, reason, "is under way", generation, at));
  }

  private static Condition closing(Tenant tenant, Instant at) {
    return new Condition(
        ConditionType.AccessReady,
        Condition.Truth.False,
        Reason.Deprovisioning,
        "access is being closed",
        tenant.desired().generation(),
        at);
  }

  private static Tenant with(Tenant tenant, Condition condition) {
    return tenant.with(tenant.status().with(tenant.status().conditions().with(condition)));
  }

  /**
   * A tenant that is ready stays so through outages: only what breaks a guarantee is said of it.
   * While nothing is known of the cluster nothing is said of any tenant that stays.
   */
  public static Assessment of(
      Tenant tenant, Work work, Map<Operation, Outcome> outcomes, Instant at) {
    List<Judgement> judged = Judgement.of(work, outcomes);
    Judgement gravest = Judgement.gravest(judged, work, outcomes);
    if (tenant.desired().mode() == Desired.Mode.OFFBOARDED) {
      return new Assessment(leaving(tenant, gravest, at), gravest);
    }
    if (work.isUninformed() || (isSettled(tenant) && isPassing(gravest.reason()))) {
      return new Assessment(tenant, gravest);
    }
    return new Assessment(staying(tenant, work, judged, gravest, at), gravest);
  }

  private static boolean isSettled(Tenant tenant) {
    return tenant.status().conditions().isTrue(ConditionType.Ready)
        && tenant.status().observedGeneration() == tenant.desired().generation();
  }

  private static boolean isPassing(Reason reason) {
    return reason.weight() == Weight.PROGRESS
        || (reason.weight() == Weight.RETRY && reason != Reason.SandboxUnproven);
  }

  private static Tenant staying(
      Tenant tenant, Work work, List<Judgement> judged, Judgement gravest, Instant at) {
    long generation = tenant.desired().generation();
    boolean ready = isReady(gravest.reason()) && !work.isBlocked();
    List<Condition> changed = new ArrayList<>();
    judged.stream()
        .filter(j -> !(j.isWaiting() && tenant.status().conditions().isTrue(j.type())))
        .forEach(j -> changed.add(j.condition(generation, at)));
    changed.add(ready(tenant, gravest, ready ? advice(judged) : null, at));
    Status before = tenant.status();
    Status after =
        new Status(
            before.conditions().with(changed),
            before.sequence(),
            before.previousPhase(),
            ready ? generation : before.observedGeneration(),
            ready ? tenant.desired().plan() : before.appliedPlan(),
            work.isBlocked() ? before.sandboxes() : work.sandboxes(),
            ready ? settled(before, work) : before.runtimes(),
            before.attempt(),
            before.nextRetryAt());
    return tenant.with(after);
  }

  /** Of the classes that it stood on and was moved to, the one that it stands on now. */
  private static List<RuntimeClass> settled(Status before, Work work) {
    int all = before.runtimes().size();
    return work.sandboxes().size() == null
        ? List.of()
        : before.runtimes().subList(Math.max(0, all - 1), all);
  }

  private static boolean isReady(Reason reason) {
    return reason.weight() == Weight.GOOD || reason.weight() == Weight.WAIVED;
  }

  /** What the tenant's people must do themselves. */
  private static String advice(List<Judgement> judged) {
    return judged.stream()
        .filter(j -> j.reason() == Reason.ClassRequired)
        .map(j -> "; " + j.message())
        .findFirst()
        .orElse("");
  }

  /** Ready where there is advice, even an empty one. */
  private static Condition ready(
      Tenant tenant, Judgement gravest, @Nullable String advice, Instant at) {
    long generation = tenant.desired().generation();
    if (advice != null) {
      int count = tenant.namespaces().size();
      String message = count == 1 ? "1 namespace ready" : count + " namespaces ready";
      return new Condition(
          ConditionType.Ready,
          Condition.Truth.True,
          Reason.Provisioned,
          message + advice,
          generation,
          at);
    }
    Reason reason =
        gravest.reason().weight() == Weight.PROGRESS ? underWay(tenant) : gravest.reason();
    return new Condition(
        ConditionType.Ready, Condition.Truth.False, reason, gravest.message(), generation, at);
  }

  private static Reason underWay(Tenant tenant) {
    return tenant.status().observedGeneration() > 0 ? Reason.Updating : Reason.Provisioning;
  }

  private static Tenant leaving(Tenant tenant, Judgement gravest, Instant at) {
    boolean gone = isReady(gravest.reason());
    Reason underWay =
        gravest.reason().weight() == Weight.PROGRESS ? Reason.Deprovisioning : gravest.reason();
    String message = gone ? "everything of the tenant is gone" : gravest.message();
    long generation = tenant.desired().generation();
    Conditions conditions =
        tenant
            .status()
            .conditions()
            .with(
                List.of(
                    new Condition(
                        ConditionType.Offboarding,
                        Condition.Truth.True,
                        gone ? Reason.Offboarded : underWay,
                        message,
                        generation,
                        at),
                    closing(tenant, at)));
    Status before = tenant.status();
    Status after =
        new Status(
            conditions,
            before.sequence(),
            before.previousPhase(),
            gone ? generation : before.observedGeneration(),
            before.appliedPlan(),
            gone ? Sandboxes.NONE : before.sandboxes(),
            before.runtimes(),
            before.attempt(),
            before.nextRetryAt());
    return (gone ? tenant.with(List.of()) : tenant).with(after);
  }

  /** The step to be announced, if anything changed that others are told. */
  public static Optional<StepType> step(Tenant before, Tenant after) {
    boolean samePhase = before.phase() == after.phase();
    boolean sameReason =
        before
            .status()
            .conditions()
            .headline()
            .map(Condition::reason)
            .equals(after.status().conditions().headline().map(Condition::reason));
    boolean sameGeneration =
        before.status().observedGeneration() == after.status().observedGeneration();
    if (samePhase && sameReason && sameGeneration && isSameAccess(before, after)) {
      return Optional.empty();
    }
    return step(after.phase(), before, after);
  }

  /** Whether access was neither closed nor given back. Of a tenant that leaves nobody is told. */
  private static boolean isSameAccess(Tenant before, Tenant after) {
    return after.desired().mode() == Desired.Mode.OFFBOARDED
        || closed(before).equals(closed(after));
  }

  /** Why the tenant's people are not in, or not they alone; empty = nothing of the kind. */
  private static Optional<Reason> closed(Tenant tenant) {
    return tenant
        .status()
        .conditions()
        .get(ConditionType.AccessReady)
        .map(Condition::reason)
        .filter(reason -> reason == Reason.AccessClosed || reason == Reason.ForeignBinding);
  }

  private static Optional<StepType> step(Phase phase, Tenant before, Tenant after) {
    boolean leaving = after.desired().mode() == Desired.Mode.OFFBOARDED;
    return switch (phase) {
      case READY -> Optional.of(ready(before.status(), after.status()));
      case BLOCKED -> Optional.of(leaving ? StepType.OFFBOARDING_BLOCKED : StepType.BLOCKED);
      case FAILED ->
          Optional.of(leaving ? StepType.OFFBOARDING_BLOCKED : StepType.PROVISIONING_FAILED);
      case DEGRADED -> Optional.of(StepType.DEGRADED);
      case WAITLISTED -> Optional.of(StepType.WAITLISTED);
      case OFFBOARDED -> Optional.of(StepType.OFFBOARDED);
      case PROVISIONING -> Optional.of(StepType.PROVISIONING_STARTED);
      case UPDATING ->
          isSameAccess(before, after)
              ? Optional.empty()
              : Optional.of(StepType.PROVISIONING_STARTED);
      case DEPROVISIONING -> Optional.of(StepType.OFFBOARDING_STARTED);
      case ACCEPTED, OFFBOARDING, REJECTED -> Optional.empty();
    };
  }

  private static StepType ready(Status before, Status after) {
    boolean planChanged =
        before.appliedPlan() != null && !before.appliedPlan().equals(after.appliedPlan());
    return planChanged ? StepType.PLAN_APPLIED : StepType.PROVISIONED;
  }
}
