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

/** Something that happened to a tenant, or several failures alike in a row. */
record TimelineEntry(
    String kind,
    @JsonUnwrapped Span span,
    Ending outcome,
    String type,
    @JsonUnwrapped EntryDetail detail) {

  enum Ending {
    OK,
    FAILED;

    /** As it is told and asked for. */
    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Ending> parse(String word) {
      return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }
  }

  /**
   * When it happened.
   *
   * @param time of the latest of them
   * @param firstTime of the first of them
   */
  record Span(Instant time, Instant firstTime, int count) {

    static Span at(Instant time) {
      return new Span(time, time, 1);
    }

    private Span with(Span earlier) {
      return new Span(time, earlier.firstTime, count + earlier.count);
    }
  }

  /**
   * What is told of it; absent members do not go with the kind.
   *
   * @param sequence of a step
   */
  @JsonInclude(Include.NON_NULL)
  record EntryDetail(
      @Nullable Long sequence,
      @JsonUnwrapped Upshot upshot,
      @Nullable String message,
      @JsonUnwrapped @Nullable Sender sender,
      @JsonUnwrapped @Nullable Deed deed) {}

  /** What came of it: the phase of a step, the verdict on a request. */
  @JsonInclude(Include.NON_NULL)
  record Upshot(@Nullable String phase, @Nullable String verdict, @Nullable String reason) {

    static final Upshot NONE = new Upshot(null, null, null);
  }

  /** Which event a request came by. */
  @JsonInclude(Include.NON_NULL)
  record Sender(String source, String id, @Nullable Long generation) {}

  /**
   * What a person did.
   *
   * @param id of the action
   */
  record Deed(String id, String who, @Nullable String why, String state) {}

  /** Whether this is one more failure like the one that came after it. */
  boolean isLike(TimelineEntry later) {
    return outcome == Ending.FAILED
        && outcome == later.outcome
        && kind.equals(later.kind)
        && type.equals(later.type)
        && detail.upshot.equals(later.detail.upshot);
  }

  /** Both as one, told in the words of the later. */
  TimelineEntry with(TimelineEntry earlier) {
    return new TimelineEntry(kind, span.with(earlier.span), outcome, type, detail);
  }
}
