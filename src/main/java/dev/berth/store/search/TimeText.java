package dev.berth.store.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Times that callers write, if the database can compare with them. */
public final class TimeText {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private TimeText() {}

  /** Empty = it is none, or of a year that has not four digits. */
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text))
          .filter(it -> !it.isBefore(FIRST) && !it.isAfter(LAST));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
