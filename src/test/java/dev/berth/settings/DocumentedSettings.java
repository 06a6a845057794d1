package dev.berth.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of settings in docs/configuration.md. */
public final class DocumentedSettings {

  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "")).resolve("docs/configuration.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `(berth\\.[^`]+)` \\| ([^|]*) \\| ([^|]*) \\| ([^|]*) \\| (.*) \\|");
  private static final Pattern WORD = Pattern.compile("`([^` ]+)`");
  private static final Pattern RANGE =
      Pattern.compile("([\\d.]+[a-z]*) to ([\\d.]+[a-z]*)(, or .*)?");

  private DocumentedSettings() {}

  /** One line of them. */
  public record Row(String key, String byDefault, String bound, String meaning) {

    /** Empty where it is none, or told in words. */
    public Optional<String> defaultValue() {
      Matcher word = WORD.matcher(byDefault);
      return word.matches() && !word.group(1).startsWith("BERTH_")
          ? Optional.of(word.group(1))
          : Optional.empty();
    }

    /** The words that stand in the bounds beside numbers, as `off`. */
    public List<String> words() {
      List<String> words = new ArrayList<>();
      if (!bound.startsWith("1 to")) {
        WORD.matcher(bound).results().map(match -> match.group(1)).forEach(words::add);
      }
      return words;
    }

    /** The least that it may be; empty where it is neither a number nor a duration. */
    public Optional<String> least() {
      return end(1);
    }

    /** The most that it may be; empty where it is neither a number nor a duration. */
    public Optional<String> most() {
      return end(2);
    }

    private Optional<String> end(int which) {
      Matcher range = RANGE.matcher(bound);
      return range.matches() ? Optional.of(range.group(which)) : Optional.empty();
    }
  }

  /** The environment variable of a setting. */
  public static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  public static List<Row> read() {
    try {
      return Files.readAllLines(PAGE).stream()
          .map(ROW::matcher)
          .filter(Matcher::matches)
          .map(row -> new Row(row.group(1), row.group(3), row.group(4), row.group(5)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
