package dev.berth.api.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a tenant, or several failures alike in a row.
 *
 * @param time of the latest of them
 * @param firstTime of the first of them
 */
record TimelineEntry(
    String kind,
    Instant time,
    Instant firstTime,
    int count,
    Outcome outcome,
    String type,
    @JsonUnwrapped Told told) {

  enum Outcome {
    OK,
    FAILED;

    /** As it is told and asked for. */
    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Outcome> parse(String word) {
      return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }
  }

  /**
   * What is told of it; absent members do not go with the kind.
   *
   * @param sequence of a step
   * @param verdict of a request, as source, id and generation
   */
  @JsonInclude(Include.NON_NULL)
  record Told(
      @Nullable Long sequence,
      @Nullable String phase,
      @Nullable String verdict,
      @Nullable String reason,
      @Nullable String message,
      @JsonUnwrapped @Nullable Sender sender) {}

  /** Which event a request came by. */
  @JsonInclude(Include.NON_NULL)
  record Sender(String source, String id, @Nullable Long generation) {}

  /** Whether this is one more failure like the one that came after it. */
  boolean isLike(TimelineEntry later) {
    return outcome == Outcome.FAILED && key().equals(later.key());
  }

  private Key key() {
    return new Key(outcome, kind, type, told.phase(), told.verdict(), told.reason());
  }

  /** Both as one, told in the words of the later. */
  TimelineEntry with(TimelineEntry earlier) {
    return new TimelineEntry(
        kind, time, earlier.firstTime, count + earlier.count, outcome, type, told);
  }

  private record Key(
      Outcome outcome,
      String kind,
      String type,
      @Nullable String phase,
      @Nullable String verdict,
      @Nullable String reason) {}
}
