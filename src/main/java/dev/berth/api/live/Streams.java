package dev.berth.api.live;

import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;

/** What all streams of server-sent events have in common. */
@ApplicationScoped
class Streams {

  static final String BUFFERING = "X-Accel-Buffering";
  static final String CACHING = "Cache-Control";

  /** Of this replica. Whoever comes beyond it is sent away, and comes again. */
  private static final int MOST = 500;

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** Then the reader comes again, and its token is checked anew. */
  private static final Duration LIFE = Duration.ofMinutes(30);

  private final Followers followers;
  private final ChangeHints hints;

  Streams(Followers followers, ChangeHints hints) {
    this.followers = followers;
    this.hints = hints;
  }

  Multi<OutboundSseEvent> stream(Multi<LiveEvent> events, Sse sse) {
    Multi<LiveEvent> stream =
        followers.count() + hints.count() < MOST
            ? alive(events, HEARTBEAT, LIFE)
            : Multi.createFrom().item(new LiveEvent(null, null, "too many streams, come again"));
    return stream.map(event -> event.written(sse));
  }

  /** With a word at once and now and then, for a while. */
  static Multi<LiveEvent> alive(Multi<LiveEvent> events, Duration heartbeat, Duration life) {
    Multi<LiveEvent> heartbeats =
        Multi.createFrom()
            .ticks()
            .every(heartbeat)
            .onOverflow()
            .drop()
            .map(tick -> LiveEvent.HEARTBEAT);
    return Multi.createBy()
        .merging()
        .withConcurrency(2)
        .withRequests(1)
        .streams(heartbeats, events)
        .select()
        .first(life);
  }
}
