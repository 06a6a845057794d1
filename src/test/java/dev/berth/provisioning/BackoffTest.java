package dev.berth.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1));

  @Test
  void theWaitDoublesUpToTheLongest() {
    assertThat(backoff.after(1, 1)).isEqualTo(Duration.ofMillis(500));
    assertThat(backoff.after(2, 1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(7, 1)).isEqualTo(Duration.ofSeconds(32));
    assertThat(backoff.after(8, 1)).isEqualTo(Duration.ofMinutes(1));
    assertThat(backoff.after(Integer.MAX_VALUE, 1)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void waitsAreSpreadOverAFifth() {
    assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofMillis(400));
    assertThat(backoff.after(1, 0.5)).isEqualTo(Duration.ofMillis(450));
    assertThat(Backoff.spread(Duration.ofSeconds(10), 0)).isEqualTo(Duration.ofSeconds(8));
  }
}
