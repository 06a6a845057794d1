package dev.berth.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {

  private final Lifetime lifetime = new Lifetime();
  private final AtomicInteger rounds = new AtomicInteger();

  @AfterEach
  void end() {
    lifetime.end();
  }

  @Test
  void noErrorEndsIt() {
    Thread thread =
        start(
            Duration.ofMillis(1),
            () -> {
              switch (rounds.incrementAndGet()) {
                case 1 -> throw new StackOverflowError("G17: as deep JSON brings it");
                case 2 -> throw new NoClassDefFoundError("a/Class");
                case 3 -> throw new InterruptedException("by nobody that ends it");
                default -> lifetime.pause(Duration.ofMillis(5));
              }
            });

    await().until(() -> rounds.get() > 5);
    assertThat(thread.isAlive()).isTrue();
  }

  @Test
  void anInterruptEndsAWaitAndNotTheLoop() {
    Thread thread =
        start(
            Duration.ofMillis(1),
            () -> {
              rounds.incrementAndGet();
              lifetime.pause(Duration.ofHours(1));
            });
    await().until(() -> rounds.get() == 1);

    thread.interrupt();

    await().until(() -> rounds.get() == 2);
    assertThat(thread.isInterrupted()).isFalse();
  }

  @Test
  void thePauseGrowsWhileRoundsFailAtOnce() {
    List<Long> begun = new CopyOnWriteArrayList<>();
    start(
        Duration.ofMillis(50),
        () -> {
          begun.add(System.nanoTime());
          throw new IllegalStateException("again");
        });

    await().until(() -> begun.size() >= 4);
    assertThat(Duration.ofNanos(begun.get(1) - begun.get(0))).isGreaterThan(Duration.ofMillis(39));
    assertThat(Duration.ofNanos(begun.get(3) - begun.get(2))).isGreaterThan(Duration.ofMillis(159));
  }

  @Test
  void itEndsWithItsLifetimeAlsoWhileItPauses() {
    Thread thread =
        start(
            Duration.ofHours(1),
            () -> {
              rounds.incrementAndGet();
              throw new IllegalStateException("once");
            });
    await().until(() -> rounds.get() == 1);

    lifetime.end();

    await().until(() -> !thread.isAlive());
  }

  private Thread start(Duration pause, Loop.Round round) {
    return Loop.start(
        lifetime, "loop-test", "the test", new Backoff(pause, pause.multipliedBy(1000)), round);
  }
}
