package dev.berth.api.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.live.Follower.LatestStep;
import dev.berth.store.outbox.OutboxTail.Step;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowerTest {

  private final AtomicInteger cuts = new AtomicInteger();

  @Test
  void whoComesWithoutAnIdBeginsWithTheLatestStep() {
    Follower follower = follower(null, 7);

    assertThat(follower.seen().sequence()).isEqualTo(6);
  }

  @Test
  void whoComesBackGoesOnWhereItWasWithoutAGap() {
    Follower follower = follower(4L, 7);
    var reader = read(follower, 10);

    follower.take(steps(5, 7));

    assertThat(reader.getItems()).extracting(LiveEvent::id).containsExactly("5", "6", "7");
    assertThat(follower.seen().sequence()).isEqualTo(7);
  }

  @Test
  void noStepIsLostFromTheMomentThatTheReaderCounts() {
    Follower follower = follower(6L, 7);

    var reader =
        follower
            .events(() -> follower.take(steps(7, 7)), () -> {})
            .subscribe()
            .withSubscriber(AssertSubscriber.create(10));

    assertThat(reader.getItems()).extracting(LiveEvent::id).containsExactly("7");
  }

  @Test
  void whatIsNotKeptAnyMoreIsToldBeforeWhatIs() {
    Follower follower = follower(4L, 12);
    var reader = read(follower, 10);

    follower.take(steps(10, 12));

    assertThat(reader.getItems().getFirst()).isEqualTo(LiveEvent.gap(4, 10));
    assertThat(reader.getItems()).hasSize(4);
  }

  @Test
  void whoKnowsMoreThanThereIsIsToldSoAndGivenTheLatest() {
    Follower follower = follower(900L, 7);
    var reader = read(follower, 10);

    follower.take(steps(7, 8));

    assertThat(follower(900L, 7).seen().sequence()).isEqualTo(6);
    assertThat(reader.getItems())
        .containsExactly(
            LiveEvent.gap(900, 7),
            new LiveEvent("status", "7", "7"),
            new LiveEvent("status", "8", "8"));
  }

  @Test
  void afterARestoreWhoComesWithoutAnIdBeginsWithTheLatestStepThatIsKept() {
    Follower follower = follower(null, 1_000_007, 7);
    var reader = read(follower, 10);

    follower.take(steps(7, 7));
    follower.take(steps(1_000_008, 1_000_008));

    assertThat(reader.getItems())
        .containsExactly(
            new LiveEvent("status", "7", "7"),
            LiveEvent.gap(7, 1_000_008),
            new LiveEvent("status", "1000008", "1000008"));
  }

  /** It may have read steps that the backup does not know: none comes twice. */
  @Test
  void afterARestoreWhoComesBackIsGivenNothingThatIsBeforeWhatItKnows() {
    Follower follower = follower(9L, 1_000_007, 7);
    var reader = read(follower, 10);

    assertThat(follower.seen().sequence()).isEqualTo(9);
    assertThat(reader.getItems()).isEmpty();
  }

  @Test
  void aSlowReaderIsGivenNoMoreThanAFewStepsAndThenCutOff() {
    Follower follower = follower(0L, 500);
    var reader = read(follower, 0);

    int beats = 0;
    long next = 1;
    while (cuts.get() == 0) {
      assertThat(beats++).isLessThan(100);
      if (follower.isReading()) {
        follower.take(steps(next, next + Follower.BATCH - 1));
        next += Follower.BATCH;
      }
    }

    assertThat(next - 1).isEqualTo(2 * Follower.BATCH);
    reader.assertNotTerminated().assertHasNotReceivedAnyItem();
  }

  @Test
  void aReaderThatReadsIsGivenMore() {
    Follower follower = follower(0L, 500);
    var reader = read(follower, Long.MAX_VALUE);

    for (long next = 1; next < 500; next += Follower.BATCH) {
      assertThat(follower.isReading()).isTrue();
      follower.take(steps(next, next + Follower.BATCH - 1));
    }

    assertThat(reader.getItems()).hasSizeGreaterThan(490);
    assertThat(cuts).hasValue(0);
  }

  private Follower follower(@Nullable Long last, long latest) {
    return follower(last, latest, latest);
  }

  private Follower follower(@Nullable Long last, long latest, long kept) {
    return new Follower("acme", last, new LatestStep(latest, kept), cuts::incrementAndGet);
  }

  private static AssertSubscriber<LiveEvent> read(Follower follower, long requests) {
    return follower
        .events(() -> {}, () -> {})
        .subscribe()
        .withSubscriber(AssertSubscriber.create(requests));
  }

  private static List<Step> steps(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(n -> new Step(n, ("" + n).getBytes(UTF_8)))
        .toList();
  }
}
