package dev.berth.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Shows an answer once, or again whenever it changes. */
public final class WatchOption {

  private static final Duration BY_DEFAULT = Duration.ofSeconds(2);

  @Option(
      names = {"-w", "--watch"},
      description = "Go on, and write it again when it changes, until you end it.")
  private boolean goesOn;

  private final Duration pause;

  public WatchOption() {
    this(false, BY_DEFAULT);
  }

  WatchOption(boolean goesOn, Duration pause) {
    this.goesOn = goesOn;
    this.pause = pause;
  }

  /**
   * Ends at once unless it is to go on.
   *
   * @throws Failure if the answer cannot be read, then or later
   */
  public void show(Supplier<JsonNode> answer, Consumer<JsonNode> writes)
      throws InterruptedException {
    JsonNode shown = answer.get();
    writes.accept(shown);
    while (goesOn) {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      JsonNode now = answer.get();
      if (!now.equals(shown)) {
        writes.accept(now);
        shown = now;
      }
    }
  }
}
