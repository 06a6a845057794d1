package dev.berth.api.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnceInAWhileTest {

  private final AtomicInteger readings = new AtomicInteger();
  private final Stopped ticks = new Stopped();
  private final OnceInAWhile<Integer> kept = new OnceInAWhile<>(readings::incrementAndGet, ticks);

  @Test
  void whatIsReadIsKeptForFiveSeconds() {
    assertThat(kept.latest()).isEqualTo(1);
    ticks.now += Duration.ofSeconds(5).toNanos() - 1;
    assertThat(kept.latest()).isEqualTo(1);

    ticks.now += 1;
    assertThat(kept.latest()).isEqualTo(2);
    assertThat(kept.latest()).isEqualTo(2);
  }

  /** So that nothing is ever older, however long it took to read. */
  @Test
  void itsAgeCountsFromTheBeginningOfTheReading() {
    OnceInAWhile<Integer> slow =
        new OnceInAWhile<>(
            () -> {
              ticks.now += Duration.ofSeconds(3).toNanos();
              return readings.incrementAndGet();
            },
            ticks);
    slow.latest();

    ticks.now += Duration.ofSeconds(2).toNanos();
    assertThat(slow.latest()).isEqualTo(2);
  }

  @Test
  void aReadingThatFailsIsTriedAgainAtOnce() {
    OnceInAWhile<Integer> failing = new OnceInAWhile<>(() -> 6 / readings.getAndIncrement(), ticks);

    assertThatThrownBy(failing::latest).isInstanceOf(ArithmeticException.class);
    assertThat(failing.latest()).isEqualTo(6);
  }

  /** Counted from any moment: the number may be negative, and run over. */
  private static final class Stopped extends Ticks {
    private long now = Long.MAX_VALUE - 1;

    @Override
    public long nanos() {
      return now;
    }
  }
}
