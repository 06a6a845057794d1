package dev.berth.provisioning.assessment;

import dev.berth.event.outgoing.StepType;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Work;
import dev.berth.tenant.Desired;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a tenant fares after its operations were carried out. Pure.
 *
 * @param gravest what holds the tenant back most, or that nothing does
 */
public record Assessment(Tenant tenant, Judgement gravest) {

  private static final Set<Reason> CLOSED = EnumSet.of(Reason.AccessClosed, Reason.AccessFrozen);

  /** The tenant as work on it begins. Access is said to be closed no longer than it stays so. */
  public static Tenant begun(Tenant tenant, Instant at) {
    return switch (tenant.phase()) {
      case ACCEPTED -> tenant.with(underWay(tenant, ConditionType.Ready, at));
      case OFFBOARDING ->
          tenant.with(
              leaving(tenant, Reason.Deprovisioning, "is in progress", at), closing(tenant, at));
      default ->
          isClosed(tenant) ? tenant.with(underWay(tenant, ConditionType.AccessReady, at)) : tenant;
    };
  }

  private static boolean isClosed(Tenant tenant) {
    return tenant.desired().mode() == Desired.Mode.ACTIVE
        && !tenant.isFrozen()
        && closed(tenant).filter(CLOSED::contains).isPresent();
  }

  private static Condition underWay(Tenant tenant, ConditionType type, Instant at) {
    return condition(tenant, type, Reason.Provisioning, "is in progress", at);
  }

  private static Condition leaving(Tenant tenant, Reason reason, String message, Instant at) {
    return condition(tenant, ConditionType.Offboarding, reason, message, at);
  }

  private static Condition closing(Tenant tenant, Instant at) {
    String message = "access is being closed";
    return condition(tenant, ConditionType.AccessReady, Reason.Deprovisioning, message, at);
  }

  private static Condition condition(
      Tenant tenant, ConditionType type, Reason reason, String message, Instant at) {
    return Condition.of(type, reason, message, tenant.desired().generation(), at);
  }

  /**
   * A tenant that is ready stays so through outages: only what breaks a guarantee is said of it.
   * While nothing is known of the cluster nothing is said of any tenant that stays.
   */
  public static Assessment of(
      Tenant tenant, Work work, Map<Operation, Outcome> outcomes, Instant at) {
    List<Judgement> judged = Judgement.of(tenant, work, outcomes);
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
    boolean ready = gravest.isGood() && !work.isBlocked();
    List<Condition> changed = new ArrayList<>();
    judged.stream()
        .filter(j -> !(j.isWaiting() && tenant.status().conditions().isTrue(j.type())))
        .forEach(j -> changed.add(j.condition(generation, at)));
    changed.add(ready ? ready(tenant, judged, at) : heldBack(tenant, gravest, at));
    Status after = tenant.status().with(tenant.status().conditions().with(changed));
    if (!work.isBlocked()) {
      after = after.with(work.sandboxes());
    }
    return tenant.with(ready ? settled(tenant, work, after) : after);
  }

  /** Of the classes that it had and was moved to, the last one is the one that it has now. */
  private static Status settled(Tenant tenant, Work work, Status status) {
    int all = status.runtimes().size();
    return status
        .reached(tenant.desired().generation(), tenant.desired().plan())
        .runningIn(
            work.sandboxes().size() == null
                ? List.of()
                : status.runtimes().subList(Math.max(0, all - 1), all));
  }

  /** What the tenant's people must do themselves. */
  private static String advice(List<Judgement> judged) {
    return judged.stream()
        .filter(j -> j.reason() == Reason.ClassRequired || j.reason() == Reason.OverGrant)
        .map(j -> "; " + j.message())
        .collect(Collectors.joining());
  }

  private static Condition ready(Tenant tenant, List<Judgement> judged, Instant at) {
    int count = tenant.namespaces().size();
    String message = count == 1 ? "1 namespace ready" : count + " namespaces ready";
    return condition(tenant, ConditionType.Ready, Reason.Provisioned, message + advice(judged), at);
  }

  private static Condition heldBack(Tenant tenant, Judgement gravest, Instant at) {
    Reason reason =
        gravest.reason().weight() == Weight.PROGRESS ? underWay(tenant) : gravest.reason();
    return condition(tenant, ConditionType.Ready, reason, gravest.message(), at);
  }

  private static Reason underWay(Tenant tenant) {
    return tenant.status().observedGeneration() > 0 ? Reason.Updating : Reason.Provisioning;
  }

  private static Tenant leaving(Tenant tenant, Judgement gravest, Instant at) {
    if (gravest.isGood()) {
      return gone(tenant, at);
    }
    Reason reason =
        gravest.reason().weight() == Weight.PROGRESS ? Reason.Deprovisioning : gravest.reason();
    return tenant.with(leaving(tenant, reason, gravest.message(), at), closing(tenant, at));
  }

  private static Tenant gone(Tenant tenant, Instant at) {
    Condition gone = leaving(tenant, Reason.Offboarded, "everything of the tenant is gone", at);
    Status status =
        tenant
            .status()
            .with(gone, closing(tenant, at))
            .with(Sandboxes.NONE)
            .reached(tenant.desired().generation(), tenant.status().appliedPlan());
    return tenant.with(List.of()).with(status);
  }

  /** The step to be announced, if anything public changed. */
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
    boolean sameRights = isSameAccess(before, after) && isSameGrant(before, after);
    if (samePhase && sameReason && sameGeneration && sameRights && !Reminder.isDue(before, after)) {
      return Optional.empty();
    }
    return step(after.phase(), before, after);
  }

  /**
   * What others had changed of the tenant's objects and was brought back; announced where no other
   * step is. Of a tenant that leaves nothing is.
   */
  public static List<String> repaired(Tenant tenant, Map<Operation, Outcome> outcomes) {
    return tenant.desired().mode() == Desired.Mode.OFFBOARDED
        ? List.of()
        : outcomes.values().stream()
            .map(outcome -> outcome instanceof Outcome.Done done ? done.repaired() : null)
            .filter(Objects::nonNull)
            .toList();
  }

  /** Whether access was neither closed nor given back. Never announced for a tenant that leaves. */
  private static boolean isSameAccess(Tenant before, Tenant after) {
    return after.desired().mode() == Desired.Mode.OFFBOARDED
        || closed(before).equals(closed(after));
  }

  /** Whether it neither began nor ended that a tenant that is ready runs more than it may. */
  private static boolean isSameGrant(Tenant before, Tenant after) {
    return after.phase() != Phase.READY || isOverGrant(before) == isOverGrant(after);
  }

  private static boolean isOverGrant(Tenant tenant) {
    return tenant
        .status()
        .conditions()
        .get(ConditionType.PlacementReady)
        .filter(placement -> placement.reason() == Reason.OverGrant)
        .isPresent();
  }

  /** Why the tenant's people are not in, or not they alone; empty = nothing of the kind. */
  private static Optional<Reason> closed(Tenant tenant) {
    return tenant
        .status()
        .conditions()
        .get(ConditionType.AccessReady)
        .map(Condition::reason)
        .filter(reason -> CLOSED.contains(reason) || reason == Reason.ForeignBinding);
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
