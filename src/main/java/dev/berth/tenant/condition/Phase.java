package dev.berth.tenant.condition;

import dev.berth.tenant.condition.Reason.Weight;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** How a tenant fares, in one word. Derived from its conditions by {@link #of}, never set. */
public enum Phase {
  ACCEPTED,
  WAITLISTED,
  PROVISIONING,
  READY,
  UPDATING,
  DEGRADED,
  FAILED,
  BLOCKED,
  OFFBOARDING,
  DEPROVISIONING,
  OFFBOARDED,
  REJECTED;

  /** Those that ought to pass; in any other a tenant may stay for ever. */
  public static final Set<Phase> ON_THE_WAY =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(READY, OFFBOARDED, REJECTED)));

  /**
   * The condition {@code Offboarding} decides first, then {@code Accepted}; else {@code Ready}
   * carries the reason that holds the tenant back, and that reason's weight is the phase. A tenant
   * that was opened and is held back is degraded, unless it is an update alone that is held back;
   * so is one that is ready, but whose isolation was tried and found broken.
   *
   * @param opened whether it was ever
   */
  public static Phase of(Conditions conditions, boolean opened) {
    var offboarding = conditions.get(ConditionType.Offboarding);
    if (offboarding.isPresent()) {
      return offboarding(offboarding.get());
    }
    if (!conditions.isTrue(ConditionType.Accepted)) {
      return REJECTED;
    }
    Phase phase = conditions.get(ConditionType.Ready).map(Phase::ready).orElse(ACCEPTED);
    boolean held = phase == BLOCKED || phase == FAILED;
    boolean degraded = held ? opened && !isUpdateAlone(conditions) : conditions.isIsolationBroken();
    return degraded ? DEGRADED : phase;
  }

  /** Whether what was asked for last is being done, and nothing holds it back. */
  public boolean isUnderWay() {
    return switch (this) {
      case ACCEPTED, PROVISIONING, UPDATING, OFFBOARDING, DEPROVISIONING -> true;
      case WAITLISTED, READY, DEGRADED, FAILED, BLOCKED, OFFBOARDED, REJECTED -> false;
    };
  }

  /** The previous generation is in place, proven and with access. */
  private static boolean isUpdateAlone(Conditions conditions) {
    return conditions.isTrue(ConditionType.AccessReady)
        && conditions.isTrue(ConditionType.RuntimeEnforced)
        && generation(conditions, ConditionType.AccessReady)
            != generation(conditions, ConditionType.Ready);
  }

  private static long generation(Conditions conditions, ConditionType type) {
    return conditions.get(type).map(Condition::observedGeneration).orElse(0L);
  }

  private static Phase offboarding(Condition offboarding) {
    if (offboarding.reason() == Reason.Offboarded) {
      return OFFBOARDED;
    }
    Phase underWay =
        offboarding.reason() == Reason.OffboardingRequested ? OFFBOARDING : DEPROVISIONING;
    return held(offboarding.reason().weight(), underWay);
  }

  private static Phase ready(Condition ready) {
    if (ready.status() == Condition.Truth.True) {
      return READY;
    }
    Phase underWay =
        switch (ready.reason()) {
          case Pending -> ACCEPTED;
          case Updating -> UPDATING;
          default -> PROVISIONING;
        };
    return held(ready.reason().weight(), underWay);
  }

  private static Phase held(Weight weight, Phase underWay) {
    return switch (weight) {
      case BLOCK -> BLOCKED;
      case RETRY -> FAILED;
      case WAIT -> WAITLISTED;
      case GOOD, WAIVED, PROGRESS, REFUSAL -> underWay;
    };
  }
}
