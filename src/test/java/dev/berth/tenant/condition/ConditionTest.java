package dev.berth.tenant.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** G3: what others write has no bound, so what Berth says of it has one. */
class ConditionTest {

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

  private static String message(String message) {
    return new Condition(
            ConditionType.Ready,
            Condition.Truth.False,
            Reason.DeletionBlocked,
            message,
            1,
            Instant.EPOCH)
        .message();
  }
}
