package dev.berth.kubernetes.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.EndlessWatch;
import dev.berth.kubernetes.server.Live;
import dev.berth.kubernetes.server.Pages;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A copy of one collection, by name. Written by its watch, read by anybody; {@code changed} is
 * called after every change and every listing.
 */
final class WatchedObjects<T> implements AutoCloseable {

  private static final Duration LONGEST_LISTING = Duration.ofSeconds(30);

  private final ApiServer api;
  private final EndlessWatch.Patience patience;
  private final String path;
  private final Function<JsonNode, T> reader;
  private final Runnable changed;
  private final EndlessWatch watch;
  private final Map<String, T> held = new ConcurrentHashMap<>();
  private volatile boolean complete;

  /**
   * @param path of the collection, without a query
   */
  WatchedObjects(
      ApiServer api,
      EndlessWatch.Patience patience,
      String path,
      Function<JsonNode, T> reader,
      Runnable changed) {
    this.api = api;
    this.patience = patience;
    this.path = path + "?limit=500";
    this.reader = reader;
    this.changed = changed;
    this.watch = new EndlessWatch(api, patience, this.path, this::list, this::take);
  }

  void start() {
    watch.start();
  }

  /** What has to come before it is complete and believed; empty = nothing. */
  Optional<String> awaited() {
    String collection = path.replaceAll("\\?.*", "");
    if (!complete) {
      return Optional.of("the first list of " + collection);
    }
    return watch.isLive() ? Optional.empty() : Optional.of("a word on the watch of " + collection);
  }

  /** When something was last heard of it, unless nothing ever was. */
  Optional<Instant> heard() {
    Instant heard = watch.heard();
    return heard.equals(Instant.MIN)
        ? Optional.empty()
        : Optional.of(heard.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Why nothing of it can be read; empty = something was. */
  Optional<String> trouble() {
    return watch.trouble();
  }

  Collection<T> objects() {
    return List.copyOf(held.values());
  }

  @Override
  public void close() {
    watch.close();
  }

  private String list() {
    Map<String, T> now = new HashMap<>();
    String version =
        Pages.read(
            api,
            path,
            patience.clock().instant().plus(LONGEST_LISTING),
            live -> now.put(live.name(), reader.apply(live.json())));
    held.putAll(now);
    held.keySet().retainAll(now.keySet());
    complete = true;
    changed.run();
    return version;
  }

  private void take(JsonNode event) {
    Live live = new Live(event.path("object"));
    if (event.path("type").asText().equals("DELETED")) {
      held.remove(live.name());
    } else {
      held.put(live.name(), reader.apply(live.json()));
    }
    changed.run();
  }
}
