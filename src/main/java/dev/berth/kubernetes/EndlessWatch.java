package dev.berth.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A watch in a thread of its own that begins anew whenever it ends, breaks, or a listener fails:
 * what was missed meanwhile is in the listing that it begins with.
 */
final class EndlessWatch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(EndlessWatch.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final ApiServer api;
  private final String name;
  private final String path;
  private final Supplier<String> listing;
  private final Consumer<JsonNode> event;
  private final ObjectMapper json = new ObjectMapper();
  private @Nullable Thread thread;
  private volatile boolean closed;

  /**
   * @param path of the collection, with a query
   * @param listing gives the resourceVersion to begin at
   * @param event takes what the API server sends: {@code type} and {@code object}
   */
  EndlessWatch(
      ApiServer api, String name, String path, Supplier<String> listing, Consumer<JsonNode> event) {
    this.api = api;
    this.name = name;
    this.path = path;
    this.listing = listing;
    this.event = event;
  }

  synchronized void start() {
    if (thread == null && !closed) {
      thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }
  }

  /** Starts it, or has it begin anew: its connection may be dead without showing it. */
  synchronized void restart() {
    if (thread == null) {
      start();
    } else {
      thread.interrupt();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try {
        watch();
      } catch (IOException | RuntimeException e) {
        LOG.debugf("%s begins anew: %s", name, e);
        pause();
      } catch (InterruptedException e) {
        LOG.debugf("%s begins anew, or ends", name);
      }
    }
  }

  private void watch() throws IOException, InterruptedException {
    String from = listing.get();
    String query = "&watch=true&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion=";
    try (BufferedReader lines = new BufferedReader(api.watch(path + query + from))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode change = json.readTree(line);
        switch (change.path("type").asText()) {
          case "BOOKMARK" -> {}
          case "ERROR" ->
              throw new IOException(Answers.brief(change.at("/object/message").asText()));
          default -> event.accept(change);
        }
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException e) {
      LOG.debugf("%s begins anew at once, or ends", name);
    }
  }
}
