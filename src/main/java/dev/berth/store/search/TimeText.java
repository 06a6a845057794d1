package dev.berth.store.search;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times that callers write, if the database can compare with them. */
public final class TimeText {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** Java takes none above 18 hours; RFC 3339 does. */
  private static final Pattern WITH_OFFSET =
      Pattern.compile("(?<local>.+)(?<sign>[+-])(?<hours>[01][0-9]|2[0-3]):(?<minutes>[0-5][0-9])");

  private TimeText() {}

  /** Empty = it is none, or of a year that has not four digits. */
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.of(instant(text)).filter(it -> !it.isBefore(FIRST) && !it.isAfter(LAST));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant instant(String text) {
    Matcher parts = WITH_OFFSET.matcher(text);
    if (!parts.matches()) {
      return Instant.parse(text);
    }
    Instant local = Instant.parse(parts.group("local") + "Z");
    Duration offset =
        Duration.parse("PT%sH%sM".formatted(parts.group("hours"), parts.group("minutes")));
    return parts.group("sign").equals("-") ? local.plus(offset) : local.minus(offset);
  }
}
