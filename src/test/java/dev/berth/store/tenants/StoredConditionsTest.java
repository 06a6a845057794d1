package dev.berth.store.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.tenant.condition.Conditions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** G7: what is of a newer version is passed over, what is broken never passes for nothing. */
class StoredConditionsTest {

  private static final String NEWER =
      "[{\"type\":\"Hibernated\",\"status\":\"True\",\"reason\":\"Asked\",\"message\":\"\","
          + "\"observedGeneration\":3,\"lastTransitionTime\":\"2026-11-24T18:00:00Z\"}]";

  @Test
  void aConditionOfANewerVersionIsPassedOverAndKept() {
    assertThat(StoredConditions.read(NEWER)).isEqualTo(Conditions.NONE);
    assertThat(StoredConditions.write(Conditions.NONE, NEWER)).isEqualTo(NEWER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"7", "{}", "null", "[{}]", "[7]", "[{\"type\":\"Ready\"", "[{\"type\":7}]"})
  void whatIsBrokenIsNotReadAsNothing(String json) {
    assertThatThrownBy(() -> StoredConditions.read(json)).isInstanceOf(RuntimeException.class);
  }
}
