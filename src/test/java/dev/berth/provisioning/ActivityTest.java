package dev.berth.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.process.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ActivityTest {

  private static final Duration LULL = Duration.ofSeconds(5);

  private final SettableClock clock = new SettableClock();
  private final Activity activity = new Activity(clock);

  @Test
  void aReplicaThatNeverWorkedHasRested() {
    assertThat(activity.hasRestedFor(LULL)).isTrue();
  }

  @Test
  void aLullBeginsAnewWithEveryWork() {
    activity.worked();
    clock.goesOn(LULL.minusMillis(1));
    assertThat(activity.hasRestedFor(LULL)).isFalse();

    activity.worked();
    clock.goesOn(Duration.ofMillis(1));
    assertThat(activity.hasRestedFor(LULL)).isFalse();

    clock.goesOn(LULL);
    assertThat(activity.hasRestedFor(LULL)).isTrue();
  }
}
