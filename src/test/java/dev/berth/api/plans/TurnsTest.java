package dev.berth.api.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.api.problem.Busy;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final Turns turns = new Turns(2);

  @Test
  void whoComesBeyondTheMostIsSentAway() {
    int third =
        turns.take(() ->
            turns.take(() -> {
              assertThatExceptionOfType(Busy.class)
                  .isThrownBy(() -> turns.take(() -> 3))
                  .withMessageContaining("2 of these");
              return 2;
            }));
    assertThat(third).isEqualTo(2);
  }

  @Test
  void aTurnThatFailsIsOver() {
    for (int i = 0; i < 5; i++) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() ->
              turns.take(() -> {
                throw new IllegalStateException();
              }));
    }
    assertThat(turns.take(() -> 1)).isEqualTo(1);
  }
}
