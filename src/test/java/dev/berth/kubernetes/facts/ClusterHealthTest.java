package dev.berth.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.facts.ClusterWatch.Awaited;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** L9: a cluster that is not known says what it waits for, and since when. */
class ClusterHealthTest {

  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

  @Test
  void aWaitIsAsOldAsTheFirstThingThatWasWaitedFor() {
    Awaited first = new Awaited(List.of(), NOON.minusSeconds(60)).then(List.of("a"), NOON);
    Awaited second = first.then(List.of("b", "c"), NOON.plusSeconds(5));

    assertThat(first).hasToString("a, since 2026-11-29T12:00:00Z");
    assertThat(second).hasToString("b, c, since 2026-11-29T12:00:00Z");
  }

  @Test
  void aNewWaitBeginsAnew() {
    Awaited over = new Awaited(List.of("a"), NOON).then(List.of(), NOON.plusSeconds(5));

    assertThat(over.then(List.of("b"), NOON.plusSeconds(9)))
        .hasToString("b, since 2026-11-29T12:00:09Z");
  }
}
