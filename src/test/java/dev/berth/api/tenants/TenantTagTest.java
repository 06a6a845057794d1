package dev.berth.api.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.Samples;
import dev.berth.tenant.PlanVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantTagTest {

  private final TenantTag tag = TenantTag.of(Samples.ready("acme", new PlanVersion("team", 1)));

  @Test
  void aTagTellsWhichLifeStepAndRevisionWasSeen() {
    assertThat(tag).hasToString("1.2.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "\"1.2.1\"", "W/\"1.2.1\"", "\"1.2.1-0a1b\"", "\"9.9.9\", W/\"1.2.1-0a1b\""})
  void whoSawThisStateMatches(String ifMatch) {
    assertThat(tag.isIn(ifMatch)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"\"",
        "1.2.1",
        "\"1.2.2\"",
        "\"2.2.1\"",
        "\"1.3.1\"",
        "\"1.2.1",
        "\"1.2.11\""
      })
  void whoSawAnotherDoesNot(String ifMatch) {
    assertThat(tag.isIn(ifMatch)).isFalse();
  }
}
