package dev.berth.tenant.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.tenant.condition.Condition.Truth;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConditionTest {

  /** G3: what others write has no bound, so what Berth says of it has one. */
  @Test
  void aMessageIsCutAtItsBound() {
    assertThat(message("x".repeat(1024))).hasSize(1024).doesNotEndWith("...");
    assertThat(message("x".repeat(2_000_000))).hasSize(1024).contains("xxx...xxx");
  }

  @Test
  void whatIsToBeDoneIsNotCutOff() {
    assertThat(message("x".repeat(2_000_000) + "; remove what holds it"))
        .hasSize(1024)
        .startsWith("xxx")
        .endsWith("; remove what holds it");
  }

  @Test
  void noCharacterIsHalved() {
    String cut = message("x" + "\ud83d\ude80".repeat(1000));
    assertThat(cut).hasSizeLessThanOrEqualTo(1024).contains("...");
    assertThat(cut.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  @Test
  void theStatusFollowsFromTheReason() {
    assertThat(status(ConditionType.QuotaReady, Reason.Verified)).isEqualTo(Truth.True);
    assertThat(status(ConditionType.QuotaReady, Reason.Waiting)).isEqualTo(Truth.Unknown);
    assertThat(status(ConditionType.QuotaReady, Reason.ApiTimeout)).isEqualTo(Truth.False);
    assertThat(status(ConditionType.AccessReady, Reason.Deprovisioning)).isEqualTo(Truth.False);
  }

  @Test
  void readyIsOnlyATenantThatIsProvisioned() {
    assertThat(Reason.values())
        .filteredOn(reason -> status(ConditionType.Ready, reason) == Truth.True)
        .containsExactly(Reason.Provisioned);
  }

  @Test
  void aTenantThatIsToGoIsOffboardingWhateverHoldsItUp() {
    assertThat(Reason.values())
        .allMatch(reason -> status(ConditionType.Offboarding, reason) == Truth.True);
  }

  private static Truth status(ConditionType type, Reason reason) {
    return condition(type, reason, "").status();
  }

  private static String message(String message) {
    return condition(ConditionType.Ready, Reason.DeletionBlocked, message).message();
  }

  private static Condition condition(ConditionType type, Reason reason, String message) {
    return Condition.of(type, reason, message, 1, Instant.EPOCH);
  }
}
