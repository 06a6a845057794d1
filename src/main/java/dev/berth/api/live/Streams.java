package dev.berth.api.live;

import dev.berth.api.live.Follower.LatestStep;
import dev.berth.api.problem.Busy;
import dev.berth.tenant.Tenant;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens streams of server-sent events, for programs and for pages. */
@ApplicationScoped
public class Streams {

  public static final String BUFFERING = "X-Accel-Buffering";
  public static final String CACHING = "Cache-Control";

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

  /**
   * The steps of a tenant, each once.
   *
   * @param last id of the step that the reader knows; null = none
   * @param cut ends the connection of one who does not read
   */
  Multi<LiveEvent> steps(Tenant tenant, @Nullable String last, Runnable cut) {
    LatestStep latest = followers.latest(tenant);
    return bounded(
        followers.events(new Follower(tenant.id().value(), sequence(last), latest, cut)));
  }

  /** Which tenants change. */
  Multi<LiveEvent> hints(Runnable cut) {
    return bounded(hints.events(cut));
  }

  /**
   * For a page: that the tenant had a step, and now and then that the stream is alive. None is
   * missed.
   *
   * @throws Busy if there are as many streams as may be
   */
  public Multi<LiveEvent> changesOf(Tenant tenant, @Nullable String last, Runnable cut) {
    demandRoom();
    return steps(tenant, last, cut).map(LiveEvent::asHint);
  }

  /**
   * For a page: that some tenant changed, at most once in a second, and now and then that the
   * stream is alive. The first says that from then on none is missed, but for one that may be.
   *
   * @throws Busy if there are as many streams as may be
   */
  public Multi<LiveEvent> changes(Runnable cut) {
    demandRoom();
    return alive(hints.beats(cut).map(List::getFirst), HEARTBEAT, LIFE).map(LiveEvent::asHint);
  }

  private void demandRoom() {
    if (!hasRoom()) {
      throw new Busy(MOST);
    }
  }

  private boolean hasRoom() {
    return followers.count() + hints.count() < MOST;
  }

  private Multi<LiveEvent> bounded(Multi<LiveEvent> events) {
    return hasRoom()
        ? alive(events, HEARTBEAT, LIFE)
        : Multi.createFrom().item(new LiveEvent(null, null, "too many streams, come again"));
  }

  /** What is no number is no id of Berth's: the reader begins anew. */
  private static @Nullable Long sequence(@Nullable String last) {
    return last != null && last.matches("[0-9]{1,18}") ? Long.valueOf(last) : null;
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
