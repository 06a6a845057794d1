package dev.berth.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.process.Patience;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamsTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void aStreamIsHeardAtOnceAndThenNowAndAgain() {
    var reader =
        Streams.alive(Multi.createFrom().nothing(), Duration.ofMillis(20), LONG)
            .subscribe()
            .withSubscriber(AssertSubscriber.<LiveEvent>create(3));

    reader.awaitItems(3, Patience.LONG);

    assertThat(reader.getItems()).containsOnly(LiveEvent.HEARTBEAT);
    reader.cancel();
  }

  @Test
  void aStreamEndsAfterItsLife() {
    Streams.alive(Multi.createFrom().nothing(), LONG, Duration.ofMillis(50))
        .subscribe()
        .withSubscriber(AssertSubscriber.<LiveEvent>create(3))
        .awaitCompletion(Patience.LONG);
  }

  @Test
  void heartbeatsDoNotHeapUpForWhoDoesNotRead() {
    var reader =
        Streams.alive(
                Multi.createFrom().item(LiveEvent.changed("acme")), Duration.ofMillis(1), LONG)
            .subscribe()
            .withSubscriber(AssertSubscriber.<LiveEvent>create(0));

    reader.request(1);
    reader.awaitItems(1, Patience.LONG).assertNotTerminated();
    reader.cancel();
  }
}
