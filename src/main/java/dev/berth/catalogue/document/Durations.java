package dev.berth.catalogue.document;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as documents write them. */
final class Durations {

  private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,5})([smhd])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Durations() {}

  static Duration read(Field field) {
    Matcher matcher =
        SYNTAX.matcher(field.text(SYNTAX, "a number and one of s, m, h, d, such as 7d"));
    return matcher.matches()
        ? UNITS
            .getOrDefault(matcher.group(2), Duration.ZERO)
            .multipliedBy(Long.parseLong(matcher.group(1)))
        : Duration.ZERO;
  }

  /** An optional one. */
  static Duration read(Field field, Duration byDefault, Duration max) {
    Duration read = field.isPresent() ? read(field) : byDefault;
    if (read.compareTo(max) > 0) {
      field.refuse("must be at most %dh, not %s".formatted(max.toHours(), field.shown()));
    }
    return read;
  }
}
