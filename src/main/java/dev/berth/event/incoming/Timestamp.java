package dev.berth.event.incoming;

import dev.berth.event.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as RFC 3339 has them. */
final class Timestamp {

  private static final Pattern SYNTAX =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:)([0-9]{2})(?:(\\.[0-9]{1,9})[0-9]*)?([Zz]|[+-][0-9]{2}:[0-9]{2})");

  private Timestamp() {}

  /**
   * The time of an attribute. A leap second is the second after it, as Java counts none.
   *
   * @param text null = the attribute is not there
   */
  static @Nullable Instant read(String attribute, @Nullable String text) throws Unacceptable {
    if (text == null) {
      return null;
    }
    Matcher parts = SYNTAX.matcher(text);
    if (!parts.matches()) {
      throw wrong(attribute, text, "is not an RFC 3339 time such as 2026-11-24T18:00:00Z");
    }
    try {
      return parts.group(2).equals("60")
          ? afterLeapSecond(attribute, text, parts)
          : instant(parts, parts.group(2));
    } catch (DateTimeException e) {
      throw wrong(attribute, text, "names a day or a time of day that does not exist");
    }
  }

  /** They are added at the end of a month in UTC, if at all. */
  private static Instant afterLeapSecond(String attribute, String text, Matcher parts)
      throws Unacceptable {
    Instant next = instant(parts, "59").plusSeconds(1);
    OffsetDateTime utc = next.atOffset(ZoneOffset.UTC);
    boolean atEndOfMonth = utc.getDayOfMonth() == 1 && utc.toLocalTime().toSecondOfDay() == 0;
    if (!atEndOfMonth) {
      throw wrong(
          attribute,
          text,
          "names second 60, which only the last minute of a month in UTC can have");
    }
    return next;
  }

  private static Instant instant(Matcher parts, String second) {
    String fraction = parts.group(3) == null ? "" : parts.group(3);
    return OffsetDateTime.parse(parts.group(1) + second + fraction + parts.group(4)).toInstant();
  }

  private static Unacceptable wrong(String attribute, String text, String fault) {
    return EventReader.notCloudEvent(
        "%s %s %s".formatted(attribute, Printable.of(text, 100), fault));
  }
}
