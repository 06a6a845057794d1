package dev.berth.tenant.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.tenant.Cause;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static final Instant TIME = Instant.parse("2026-11-24T18:00:00Z");

  private final Tenant acme = Tenant.unknown(new TenantId("acme"), new Cause("c", "e", null));
  private final Condition accepted = condition(ConditionType.Accepted, Reason.Accepted, "");

  @Test
  void aTenantThatIsReadyNeedsNobody() {
    Explanation why =
        of(accepted, condition(ConditionType.Ready, Reason.Provisioned, "1 namespace ready"));

    assertThat(why.reason()).isEqualTo(Reason.Provisioned);
    assertThat(why.blockedBy()).isEmpty();
    assertThat(why.sentences())
        .containsExactly(
            "acme is READY since 2026-11-24T18:00:00Z.",
            "The tenant is as requested, proven by the API server's own answers.",
            "1 namespace ready.");
  }

  @Test
  void aTenantThatIsHeldBackIsToldWhyByWhomAndWhenBerthLooksAgain() {
    String message = "resourcequota is not enforced";
    Explanation why =
        Explanation.of(
            retrying(
                tenant(
                    accepted,
                    condition(ConditionType.QuotaReady, Reason.QuotaNotEnforced, message),
                    condition(ConditionType.NetworkIsolated, Reason.Waiting, ""),
                    condition(ConditionType.Ready, Reason.QuotaNotEnforced, message))));

    assertThat(why.reason()).isEqualTo(Reason.QuotaNotEnforced);
    assertThat(why.blockedBy())
        .extracting(Condition::type)
        .containsExactly(ConditionType.QuotaReady);
    assertThat(why.sentences())
        .containsExactly(
            "acme is BLOCKED since 2026-11-24T18:00:00Z.",
            "The quota controller has not taken over a quota for 2 minutes.",
            "resourcequota is not enforced.",
            "For the platform team: Check that kube-controller-manager works.",
            "Berth looks again at 2026-11-24T18:01:00Z, and earlier if something changes.");
  }

  @Test
  void whatElseIsNotAsItShouldBeIsToldToo() {
    Explanation why =
        of(
            accepted,
            condition(ConditionType.NetworkIsolated, Reason.NetworkEngineUnknown, "no engine"),
            condition(ConditionType.Ready, Reason.Provisioned, ""));

    assertThat(why.sentences())
        .contains(
            "Nothing is known to enforce network policies, and the plan waives that.",
            "NetworkIsolated: no engine.");
  }

  private Explanation of(Condition... conditions) {
    return Explanation.of(tenant(conditions));
  }

  private Tenant tenant(Condition... conditions) {
    Status status = Status.NONE.with(conditions);
    return acme.with(status.announcedAfter(Status.NONE, TIME));
  }

  private static Tenant retrying(Tenant tenant) {
    return tenant.with(tenant.status().retrying(1, TIME.plusSeconds(60)));
  }

  private static Condition condition(ConditionType type, Reason reason, String message) {
    return Condition.of(type, reason, message, 1, TIME);
  }
}
