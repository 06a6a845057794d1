package dev.berth.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.capacity.Room;
import dev.berth.plan.capacity.Usage;
import dev.berth.store.Backlog;
import dev.berth.store.Backlog.Figure;
import dev.berth.store.Backlog.Tally;
import dev.berth.store.Backlog.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunningTest {

  private static final Tally PROMISED = tally(Figure.SANDBOXES, "kata", "promised", 9);

  private static final Backlog BACKLOG =
      new Backlog(
          List.of(
              PROMISED,
              tally(Figure.NAMESPACE, "kata", "tenant-a", 1),
              tally(Figure.NAMESPACE, "kata", "tenant-a--jobs", 1),
              tally(Figure.NAMESPACE, "other", "tenant-b", 1)));

  @Test
  void whatPodsTakeIsSummedByTheNodesThatTheyShare() {
    Running running =
        new Running(
            quotas(Map.of("tenant-a", 2L, "tenant-a--jobs", 3L, "tenant-b", 7L, "tenant-c", 99L)));

    assertThat(running.addedTo(BACKLOG).tallies())
        .containsExactlyInAnyOrder(
            PROMISED,
            tally(Figure.SANDBOXES, "kata", "used", 5),
            tally(Figure.MEMORY, "kata", "used", 5000),
            tally(Figure.SANDBOXES, "other", "used", 7),
            tally(Figure.MEMORY, "other", "used", 7000));
  }

  /** A zero would say that the nodes are empty. */
  @Test
  void nothingIsSaidOfNodesOfWhichNoQuotaIsKnown() {
    Running running = new Running(quotas(Map.of("tenant-a", 0L)));

    assertThat(running.addedTo(BACKLOG).tallies())
        .containsExactlyInAnyOrder(
            PROMISED,
            tally(Figure.SANDBOXES, "kata", "used", 0),
            tally(Figure.MEMORY, "kata", "used", 0));
  }

  private static Usage.Quotas quotas(Map<String, Long> pods) {
    return namespace ->
        Optional.ofNullable(pods.get(namespace))
            .map(n -> new Usage(new Room(99_000, 0, 99), new Room(n * 1000, 0, n)));
  }

  private static Tally tally(Figure figure, String pool, String detail, long number) {
    return new Tally(figure, pool, detail, new Waiting(number, Duration.ZERO));
  }
}
