package dev.berth.kubernetes.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.provisioning.Backoff;
import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.Loop;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A watch in a thread of its own that goes on where the API server ends it, and begins anew with a
 * listing whenever it breaks, falls silent, ends at once, or a listener fails: what was missed
 * meanwhile is in the listing. The API server sends something about once a minute, a bookmark where
 * there is no news, so that a connection without any word is dead.
 */
public final class EndlessWatch implements AutoCloseable {

  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8));
  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(5);

  private final ApiServer api;
  private final Patience patience;
  private final String name;
  private final String path;
  private final Supplier<String> listing;
  private final Consumer<JsonNode> event;
  private final ObjectMapper json = new ObjectMapper();
  private final Lifetime lifetime = new Lifetime();
  private @Nullable Thread thread;
  private @Nullable String reached;
  private volatile boolean watching;
  private volatile Instant heard = Instant.MIN;

  /**
   * How long a watch is believed.
   *
   * @param silence without any word, until it is taken for dead
   */
  public record Patience(Duration silence, Clock clock) {}

  /**
   * @param path of the collection, with a query
   * @param listing gives the resourceVersion to begin at
   * @param event takes what the API server sends: {@code type} and {@code object}
   */
  public EndlessWatch(
      ApiServer api,
      Patience patience,
      String name,
      String path,
      Supplier<String> listing,
      Consumer<JsonNode> event) {
    this.api = api;
    this.patience = patience;
    this.name = name;
    this.path = path;
    this.listing = listing;
    this.event = event;
  }

  public synchronized void start() {
    if (thread == null && !lifetime.isOver()) {
      thread = Loop.start(lifetime, name, name + " is broken", PAUSES, this::watch);
    }
  }

  /** Whether it stands, and the API server was heard of lately: news would have come. */
  public boolean isLive() {
    return watching && patience.clock().instant().isBefore(heard.plus(patience.silence()));
  }

  @Override
  public synchronized void close() {
    lifetime.end();
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void watch() throws IOException, InterruptedException {
    String from = reached == null ? list() : reached;
    reached = null;
    Instant begun = patience.clock().instant();
    String last = follow(from);
    if (patience.clock().instant().isBefore(begun.plus(SHORTEST_LIFE))) {
      throw new IOException("the API server ended it at once");
    }
    reached = last;
  }

  private String list() {
    Instant asked = patience.clock().instant();
    String version = listing.get();
    heard = asked;
    return version;
  }

  /** Returns the resourceVersion that was reached when the API server ended the watch. */
  private String follow(String from) throws IOException, InterruptedException {
    String query = "&watch=true&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion=";
    String last = from;
    try (Lines lines = api.watch(path + query + from)) {
      watching = true;
      String line = lines.next(patience.silence());
      while (line != null) {
        last = take(json.readTree(line));
        heard = patience.clock().instant();
        line = lines.next(patience.silence());
      }
    } finally {
      watching = false;
    }
    return last;
  }

  private String take(JsonNode change) throws IOException {
    switch (change.path("type").asText()) {
      case "BOOKMARK" -> {}
      case "ERROR" -> throw new IOException(Answers.brief(change.at("/object/message").asText()));
      default -> event.accept(change);
    }
    return new Live(change.path("object")).resourceVersion();
  }
}
