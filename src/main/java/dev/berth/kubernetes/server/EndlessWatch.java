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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A watch in its own thread that continues where the API server ends it, and restarts with a
 * listing whenever it breaks, falls silent, ends immediately, or a listener fails: what was missed
 * in between is in the listing. The API server sends something about once a minute, at least a
 * bookmark, so a silent connection may be dead; one that has just started sends none of a kind of
 * which it has seen no change yet, so silence is no trouble unless the listing fails.
 */
public final class EndlessWatch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(EndlessWatch.class);
  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8));
  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(5);

  private final ApiServer api;
  private final Patience patience;
  private final String path;
  private final Supplier<String> listing;
  private final Consumer<JsonNode> event;
  private final ObjectMapper json = new ObjectMapper();
  private final Lifetime lifetime = new Lifetime();
  private @Nullable Thread thread;
  private @Nullable String reached;
  private volatile boolean watching;
  private volatile @Nullable String trouble;
  private volatile Instant heard = Instant.MIN;

  /**
   * How long a watch is believed.
   *
   * @param silence without any word, until it is taken for dead
   */
  public record Patience(Duration silence, Clock clock) {}

  /**
   * A watch that begins once it is started.
   *
   * @param path of the collection, with a query
   * @param listing gives the resourceVersion to begin at
   * @param event takes what the API server sends: {@code type} and {@code object}
   */
  public EndlessWatch(
      ApiServer api,
      Patience patience,
      String path,
      Supplier<String> listing,
      Consumer<JsonNode> event) {
    this.api = api;
    this.patience = patience;
    this.path = path;
    this.listing = listing;
    this.event = event;
  }

  public synchronized void start() {
    if (thread == null && !lifetime.isOver()) {
      String name = "watch of " + place();
      thread = Loop.start(lifetime, name, name + " is broken", PAUSES, this::round);
    }
  }

  /** Whether it is open and received something lately, so that it would not miss an event. */
  public boolean isLive() {
    return watching && patience.clock().instant().isBefore(heard.plus(patience.silence()));
  }

  /** When it last received something; {@link Instant#MIN} = never. */
  public Instant heard() {
    return heard;
  }

  @Override
  public synchronized void close() {
    lifetime.end();
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Why nothing can be read; empty = something was. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  private String place() {
    return path.replaceAll("\\?.*", "");
  }

  private void round() throws IOException, InterruptedException {
    try {
      watch();
    } catch (IOException | RuntimeException e) {
      trouble =
          "%s cannot be read (apply k8s/base if a right is missing): %s"
              .formatted(place(), Answers.brief(String.valueOf(e.getMessage())));
      throw e;
    }
  }

  private void watch() throws IOException, InterruptedException {
    String from = reached == null ? list() : reached;
    reached = null;
    Instant begun = patience.clock().instant();
    Optional<String> last = follow(from);
    if (last.isPresent() && patience.clock().instant().isBefore(begun.plus(SHORTEST_LIFE))) {
      throw new IOException("the API server ended it immediately");
    }
    reached = last.orElse(null);
  }

  private String list() {
    Instant asked = patience.clock().instant();
    String version = listing.get();
    heard = asked;
    return version;
  }

  /**
   * Returns the resourceVersion that was reached when the API server ended the watch; empty = it
   * fell silent.
   */
  private Optional<String> follow(String from) throws IOException, InterruptedException {
    String query = "&watch=true&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion=";
    String last = from;
    try (Lines lines = api.watch(path + query + from)) {
      watching = true;
      trouble = null;
      String line = lines.next(patience.silence());
      while (line != null) {
        last = take(json.readTree(line));
        heard = patience.clock().instant();
        line = lines.next(patience.silence());
      }
      return Optional.of(last);
    } catch (Lines.SilenceException silence) {
      LOG.infof("watch of %s begins anew: %s", place(), silence.getMessage());
      return Optional.empty();
    } finally {
      watching = false;
    }
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
