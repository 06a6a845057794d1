package dev.berth.settings;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.settings.SettingSources.Declared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/configuration.md are what the sources say. After a change of these, have them
 * written, and review the difference: {@code -Dgolden.update=true}.
 */
class ConfigurationPageTest {

  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "")).resolve("docs/configuration.md");

  /** The comment above a table says which settings it holds, by the beginnings of their keys. */
  private static final Pattern TABLE =
      Pattern.compile("(<!-- generated from the sources: (.*) -->\n)((?:\\|.*\n)*)");

  private static final String HEAD =
      """
      | setting | type | default | bounds | meaning |
      |---|---|---|---|---|
      """;

  private final List<Declared> declared = SettingSources.read();
  private final Map<String, Setting> bounds =
      Settings.ALL.stream().collect(Collectors.toMap(Setting::key, Function.identity()));

  @Test
  void theTablesAreWhatTheSourcesSay() throws IOException {
    String page = Files.readString(PAGE);
    List<String> sections =
        TABLE.matcher(page).results().flatMap(ConfigurationPageTest::prefixes).toList();
    String written =
        TABLE
            .matcher(page)
            .replaceAll(table ->
                Matcher.quoteReplacement(
                    table.group(1) + HEAD + rows(prefixes(table).toList(), sections)));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, written);
    }

    assertThat(Files.readString(PAGE)).as("-Dgolden.update=true writes it anew").isEqualTo(written);
  }

  @Test
  void everySettingIsDeclaredBoundedExplainedAndOnThePage() {
    assertThat(declared).extracting(Declared::key).doesNotHaveDuplicates();
    assertThat(declared)
        .extracting(Declared::key)
        .containsExactlyInAnyOrderElementsOf(bounds.keySet())
        .containsExactlyInAnyOrderElementsOf(
            DocumentedSettings.read().stream().map(DocumentedSettings.Row::key).toList());
    assertThat(declared).allSatisfy(setting -> assertThat(setting.meaning()).endsWith("."));
  }

  private String rows(List<String> here, List<String> sections) {
    Comparator<Declared> byPrefix =
        Comparator.comparingInt(setting -> here.indexOf(section(setting.key(), sections)));
    return declared.stream()
        .filter(setting -> here.contains(section(setting.key(), sections)))
        .sorted(byPrefix)
        .map(this::row)
        .collect(joining());
  }

  /** The longest beginning that fits. */
  private static String section(String key, List<String> sections) {
    return sections.stream()
        .filter(prefix -> key.equals(prefix) || key.startsWith(prefix + "."))
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }

  private String row(Declared setting) {
    Setting bounded = bounds.get(setting.key());
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            setting.key(),
            bounded.type(),
            setting.byDefault().map(ConfigurationPageTest::shown).orElse("none"),
            bounded.bound(),
            setting.meaning().replaceAll("\\.$", ""));
  }

  /** A default that is another variable is shown by the name of that one. */
  private static String shown(String byDefault) {
    return "`" + byDefault.replaceAll("\\$\\{(\\w+):}", "$1") + "`";
  }

  private static Stream<String> prefixes(MatchResult table) {
    return Arrays.stream(table.group(2).split(" "));
  }
}
