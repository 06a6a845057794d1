package dev.berth.api.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.store.outbox.OutboxTail.Followed;
import dev.berth.store.outbox.OutboxTail.Step;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who follows the steps of one tenant. Steps are fetched only as the reader takes them, so
 * however slow a reader is, no more than a few wait in memory.
 */
final class Follower {

  /** Steps that are fetched at a time. */
  static final int BATCH = 16;

  private static final int ROOM = 2 * BATCH;

  /** Beats without room for more, until the reader is given up. */
  private static final int PATIENCE = 30;

  private final String tenant;
  private final Runnable cut;
  private final AtomicInteger unread = new AtomicInteger();
  private volatile @Nullable MultiEmitter<? super LiveEvent> emitter;
  private volatile long seen;
  private long expected;
  private int full;

  /**
   * The latest step of a tenant.
   *
   * @param kept the latest that can be read: a lower one after a restore, which lets numbers jump
   */
  record LatestStep(long number, long kept) {}

  /**
   * @param last that the reader knows; null = it wants the latest
   * @param latest that there is
   * @param cut ends the connection
   */
  Follower(String tenant, @Nullable Long last, LatestStep latest, Runnable cut) {
    this.tenant = tenant;
    this.cut = cut;
    this.seen = last == null || last > latest.number ? latest.kept - 1 : last;
    this.expected = last == null ? latest.kept : last + 1;
  }

  /**
   * What the reader gets.
   *
   * @param ready it can be given steps: none is lost from then on
   */
  Multi<LiveEvent> events(Runnable ready, Runnable gone) {
    return Multi.createFrom()
        .<LiveEvent>emitter(
            opened -> {
              emitter = opened;
              announceRestart();
              ready.run();
              opened.onTermination(gone);
            },
            ROOM + 2)
        .onItem()
        .invoke(unread::decrementAndGet);
  }

  /** A reader that knows more than there is followed another database: it is given the latest. */
  private void announceRestart() {
    long next = seen + 1;
    if (expected > next) {
      emit(LiveEvent.gap(expected - 1, next));
      expected = next;
    }
  }

  String tenant() {
    return tenant;
  }

  Followed seen() {
    return new Followed(tenant, seen);
  }

  /** Whether there is room for more. One that has none for long is cut off. */
  boolean isReading() {
    boolean room = unread.get() <= ROOM - BATCH;
    full = room ? 0 : full + 1;
    if (full > PATIENCE) {
      cut.run();
    }
    return room;
  }

  void take(List<Step> steps) {
    for (Step step : steps) {
      if (step.sequence() != expected) {
        emit(LiveEvent.gap(expected - 1, step.sequence()));
      }
      emit(new LiveEvent("status", "" + step.sequence(), new String(step.payload(), UTF_8)));
      seen = step.sequence();
      expected = seen + 1;
    }
  }

  private void emit(LiveEvent event) {
    MultiEmitter<? super LiveEvent> open = emitter;
    if (open != null) {
      unread.incrementAndGet();
      open.emit(event);
    }
  }
}
