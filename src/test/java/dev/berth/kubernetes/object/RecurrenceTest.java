package dev.berth.kubernetes.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.process.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecurrenceTest {

  private final SettableClock clock = new SettableClock();
  private final Recurrence<String> recurrence = new Recurrence<>(2, Duration.ofMinutes(10), clock);

  @Test
  void whatHappensMoreOftenThanItMayIsExcessiveAndNothingElseIs() {
    recurrence.note("often");
    recurrence.note("often");
    recurrence.note("once");
    assertThat(recurrence.isExcessive("often")).isFalse();

    recurrence.note("often");

    assertThat(recurrence.isExcessive("often")).isTrue();
    assertThat(recurrence.isExcessive("once")).isFalse();
    assertThat(recurrence.isExcessive("never")).isFalse();
  }

  @Test
  void itIsOverOnceTheFirstOfThemIsPast() {
    recurrence.note("often");
    clock.goesOn(Duration.ofMinutes(4));
    recurrence.note("often");
    recurrence.note("often");
    clock.goesOn(Duration.ofMinutes(5));
    assertThat(recurrence.isExcessive("often")).isTrue();

    clock.goesOn(Duration.ofMinutes(1));
    assertThat(recurrence.isExcessive("often")).isFalse();

    recurrence.note("often");
    assertThat(recurrence.isExcessive("often")).as("three within ten minutes again").isTrue();
  }
}
