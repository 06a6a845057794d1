package dev.berth.cli.terminal;

import java.time.Duration;
import java.time.Instant;

/** How long something lasts, in a word: {@code 12s}, {@code 22m}, {@code 5h}, {@code 3d}. */
public final class Ages {

  private Ages() {}

  /** Empty where the time is not known. */
  public static String since(String time, Instant now) {
    if (time.isEmpty()) {
      return "";
    }
    Duration age = Duration.between(Instant.parse(time), now);
    if (age.toDays() > 1) {
      return age.toDays() + "d";
    }
    if (age.toHours() > 1) {
      return age.toHours() + "h";
    }
    return age.toMinutes() > 1 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
  }
}
