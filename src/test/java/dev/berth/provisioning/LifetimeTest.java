package dev.berth.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifetimeTest {

  private final Lifetime lifetime = new Lifetime();

  @Test
  void aPauseThatRunsOutSaysToGoOn() {
    assertThat(lifetime.pause(Duration.ofMillis(1))).isTrue();
  }

  @Test
  void theEndOfTheApplicationEndsAPause() {
    CompletableFuture<Boolean> goesOn =
        CompletableFuture.supplyAsync(() -> lifetime.pause(Duration.ofHours(1)));

    lifetime.end();

    assertThat(goesOn.join()).isFalse();
    assertThat(lifetime.pause(Duration.ofHours(1))).isFalse();
  }

  @Test
  void anInterruptEndsAPauseAndIsNotLost() {
    Thread.currentThread().interrupt();

    assertThat(lifetime.pause(Duration.ofHours(1))).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
