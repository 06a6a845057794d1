package dev.berth.api;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as people write it: {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d}. */
public final class Age {

  private static final Pattern SYNTAX = Pattern.compile("([1-9][0-9]{0,4})([smhd])");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "s",
          ChronoUnit.SECONDS,
          "m",
          ChronoUnit.MINUTES,
          "h",
          ChronoUnit.HOURS,
          "d",
          ChronoUnit.DAYS);

  private Age() {}

  /** Empty = it is none. */
  public static Optional<Duration> parse(String text) {
    Matcher age = SYNTAX.matcher(text);
    return age.matches()
        ? Optional.of(Duration.of(Long.parseLong(age.group(1)), UNITS.get(age.group(2))))
        : Optional.empty();
  }
}
