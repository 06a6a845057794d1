package dev.berth.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A setting and what it may be. Pure.
 *
 * @param type with its unit, in words
 * @param bound in words, as the documentation has it
 * @param optional whether it may be left blank, which is as good as leaving it out
 */
record Setting(String key, String type, String bound, boolean optional, Predicate<String> allows) {

  private static final String OFF = "off";

  static Setting text(String key, String bound, String pattern) {
    return new Setting(key, "text", bound, false, Pattern.compile(pattern).asMatchPredicate());
  }

  static Setting oneOf(String key, String... words) {
    return new Setting(
        key, "word", "`" + String.join("` or `", words) + "`", false, Set.of(words)::contains);
  }

  /** Whatever it says, something else judges it or nothing depends on it. */
  static Setting free(String key, String type, String what) {
    return new Setting(key, type, what, true, value -> true);
  }

  /** A list of at least one entry. */
  static Setting list(String key) {
    return new Setting(key, "list", "no blank entries, at least one", false, Setting::hasNoBlanks);
  }

  static Setting optionalList(String key) {
    return new Setting(key, "list", "no blank entries", true, Setting::hasNoBlanks);
  }

  static Setting number(String key, String unit, long least, long most) {
    return new Setting(
        key,
        "number of " + unit,
        "%d to %d".formatted(least, most),
        false,
        value -> isNumber(value, least, most));
  }

  static Setting optionalNumber(String key, String unit, long least, long most) {
    return new Setting(
        key,
        "number of " + unit,
        "%d to %d".formatted(least, most),
        true,
        value -> isNumber(value, least, most));
  }

  static Setting factor(String key, String least, String most) {
    return new Setting(
        key, "factor", least + " to " + most, false, value -> isDecimal(value, least, most));
  }

  static Setting duration(String key, String least, String most) {
    return new Setting(
        key, "duration", least + " to " + most, false, value -> isDuration(value, least, most));
  }

  static Setting durationOrOff(String key, String least, String most) {
    return new Setting(
        key,
        "duration",
        "%s to %s, or `off`".formatted(least, most),
        false,
        value -> value.equals(OFF) || isDuration(value, least, most));
  }

  /** As Quarkus reads it. */
  static Duration duration(String value) {
    return DurationConverter.parseDuration(value);
  }

  boolean accepts(String value) {
    return value.isBlank() ? optional : allows.test(value.strip());
  }

  private static boolean hasNoBlanks(String value) {
    return Stream.of(value.split(",", -1)).noneMatch(String::isBlank);
  }

  private static boolean isNumber(String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      return number >= least && number <= most;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Neither infinite nor no number at all. */
  private static boolean isDecimal(String value, String least, String most) {
    try {
      BigDecimal number = new BigDecimal(value);
      return number.compareTo(new BigDecimal(least)) >= 0
          && number.compareTo(new BigDecimal(most)) <= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isDuration(String value, String least, String most) {
    try {
      Duration given = duration(value);
      return given.compareTo(duration(least)) >= 0 && given.compareTo(duration(most)) <= 0;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
