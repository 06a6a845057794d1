package dev.berth.tenant.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.tenant.condition.Condition.Truth;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the isolation of a tenant means for its phase. */
class PhaseTest {

  private static final Condition ACCEPTED =
      condition(ConditionType.Accepted, Truth.True, Reason.Accepted);
  private static final Condition READY =
      condition(ConditionType.Ready, Truth.True, Reason.Provisioned);
  private static final Condition BROKEN =
      condition(ConditionType.IsolationVerified, Truth.False, Reason.IsolationBroken);
  private static final Condition VERIFIED =
      condition(ConditionType.IsolationVerified, Truth.True, Reason.Verified);

  @Test
  void aReadyTenantWhoseIsolationIsBrokenIsDegradedAndSaysWhy() {
    Conditions broken = Conditions.of(List.of(ACCEPTED, READY, BROKEN));

    assertThat(phase(broken)).isEqualTo(Phase.DEGRADED);
    assertThat(broken.headline()).contains(BROKEN);
  }

  @Test
  void itIsReadyAgainWithTheNextReportThatPasses() {
    Conditions mended = Conditions.of(List.of(ACCEPTED, READY, BROKEN)).with(VERIFIED);

    assertThat(phase(mended)).isEqualTo(Phase.READY);
    assertThat(mended.headline()).contains(READY);
    assertThat(phase(Conditions.of(List.of(ACCEPTED, READY)))).isEqualTo(Phase.READY);
  }

  @Test
  void whatHoldsATenantBackOrTakesItAwayIsToldFirst() {
    Condition blocked = condition(ConditionType.Ready, Truth.False, Reason.PlanUnknown);
    Condition updating = condition(ConditionType.Ready, Truth.False, Reason.Updating);
    Condition leaving =
        condition(ConditionType.Offboarding, Truth.True, Reason.OffboardingRequested);

    assertThat(phase(Conditions.of(List.of(ACCEPTED, blocked, BROKEN)))).isEqualTo(Phase.BLOCKED);
    assertThat(phase(Conditions.of(List.of(ACCEPTED, updating, BROKEN)))).isEqualTo(Phase.UPDATING);
    assertThat(phase(Conditions.of(List.of(ACCEPTED, READY, BROKEN, leaving))))
        .isEqualTo(Phase.OFFBOARDING);
  }

  private static Phase phase(Conditions conditions) {
    return dev.berth.tenant.Status.NONE.with(conditions).phase();
  }

  private static Condition condition(ConditionType type, Truth status, Reason reason) {
    return new Condition(type, status, reason, "", 1, Instant.EPOCH);
  }
}
