package dev.berth.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.outbox.OutboxTail.Added;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HintWindowTest {

  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  private final HintWindow window = new HintWindow(100);

  @Test
  void aTenantIsToldOnceHoweverOftenItChanged() {
    assertThat(window.news(List.of(turn(101, "a"), turn(102, "b"), turn(103, "a")), NOON))
        .containsExactly("a", "b");
  }

  @Test
  void whatIsReadAgainIsNoNews() {
    window.news(List.of(turn(101, "a")), NOON);

    assertThat(window.news(List.of(turn(101, "a"), turn(102, "a")), NOON.plusSeconds(1)))
        .containsExactly("a");
    assertThat(window.news(List.of(turn(101, "a"), turn(102, "a")), NOON.plusSeconds(2))).isEmpty();
  }

  @Test
  void aTurnThatIsCommittedLateIsNotMissed() {
    window.news(List.of(turn(102, "b")), NOON);

    assertThat(window.from()).isLessThan(101);
    assertThat(window.news(List.of(turn(101, "late"), turn(102, "b")), NOON.plusSeconds(9)))
        .containsExactly("late");
  }

  @Test
  void afterAWhileAllBeforeIsLeftOut() {
    window.news(List.of(turn(101, "a"), turn(102, "b")), NOON);
    window.news(List.of(turn(103, "c")), NOON.plusSeconds(11));

    assertThat(window.from()).isEqualTo(102);
  }

  private static Added turn(long number, String tenant) {
    return new Added(number, tenant);
  }
}
