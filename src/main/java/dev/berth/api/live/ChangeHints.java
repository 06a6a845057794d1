package dev.berth.api.live;

import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.outbox.OutboxTail;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Those who want to know which tenants change, whichever they are. A hint may be lost. */
@ApplicationScoped
class ChangeHints {

  private static final int MOST_TURNS = 5000;

  /** Beats that a reader may be behind. */
  private static final int ROOM = 16;

  private final OutboxTail tail;
  private final String topic;
  private final Clock clock;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable HintWindow window;

  ChangeHints(OutboxTail tail, ProvisioningConfig config, Clock clock) {
    this.tail = tail;
    this.topic = config.topics().lifecycle();
    this.clock = clock;
  }

  private record Listener(
      MultiEmitter<? super List<LiveEvent>> emitter,
      AtomicInteger unread,
      AtomicBoolean begun,
      Runnable cut) {}

  /**
   * A hint for each tenant that changes, at most one in a second.
   *
   * @param cut ends the connection
   */
  Multi<LiveEvent> events(Runnable cut) {
    return beats(cut).onItem().transformToMultiAndConcatenate(Multi.createFrom()::iterable);
  }

  /** The same, each second's hints together. */
  Multi<List<LiveEvent>> beats(Runnable cut) {
    AtomicInteger unread = new AtomicInteger();
    return Multi.createFrom()
        .<List<LiveEvent>>emitter(
            emitter -> {
              Listener listener = new Listener(emitter, unread, new AtomicBoolean(), cut);
              listeners.add(listener);
              emitter.onTermination(() -> listeners.remove(listener));
            },
            ROOM)
        .onItem()
        .invoke(unread::decrementAndGet);
  }

  int count() {
    return listeners.size();
  }

  /** Reads nothing while nobody listens. */
  void look() {
    if (listeners.isEmpty()) {
      window = null;
      return;
    }
    HintWindow open = window;
    if (open == null) {
      window = new HintWindow(tail.latestTurn());
      tell(List.of());
    } else {
      Set<String> news = open.news(tail.since(open.from(), topic, MOST_TURNS), clock.instant());
      tell(news.stream().map(LiveEvent::changed).toList());
    }
  }

  private void tell(List<LiveEvent> hints) {
    for (Listener listener : listeners) {
      List<LiveEvent> words =
          listener.begun.getAndSet(true)
              ? hints
              : Stream.concat(Stream.of(LiveEvent.LISTENING), hints.stream()).toList();
      if (!words.isEmpty()) {
        tell(listener, words);
      }
    }
  }

  private static void tell(Listener listener, List<LiveEvent> words) {
    if (listener.unread.incrementAndGet() > ROOM) {
      listener.cut.run();
    } else {
      listener.emitter.emit(words);
    }
  }
}
