package dev.berth.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/decisions holds one decision per file, all of one shape, and an index of them. */
class DecisionsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "")).resolve("docs/decisions");

  private static final Pattern SHAPE =
      Pattern.compile(
          """
          # (?<number>\\d{4})\\. (?<title>.+)

          - Date: \\d{4}-\\d{2}-\\d{2}
          - Status: (accepted|superseded by \\[(?<by>\\d{4})]\\((?<link>\\k<by>-[a-z0-9-]+\\.md)\\))

          ## Decision
          (.+\\n)+
          ## Rationale
          (.+\\n)+
          ## Approach
          (.+\\n)+\
          """);

  @Test
  void everyDecisionHasTheShape() {
    assertThat(decisions())
        .isNotEmpty()
        .allSatisfy(file -> {
          Matcher text = matched(file);
          assertThat(file.getFileName().toString()).startsWith(text.group("number") + "-");
          if (text.group("link") != null) {
            assertThat(FOLDER.resolve(text.group("link"))).exists();
          }
        });
  }

  @Test
  void decisionsAreNumberedWithoutGaps() {
    List<String> numbers = decisions().stream().map(DecisionsTest::number).toList();
    assertThat(numbers)
        .isEqualTo(IntStream.rangeClosed(1, numbers.size()).mapToObj("%04d"::formatted).toList());
  }

  @Test
  void theIndexNamesEveryDecisionOnce() {
    List<String> named =
        read(FOLDER.resolve("README.md")).lines().filter(line -> line.startsWith("- ")).toList();
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            decisions().stream().map(DecisionsTest::indexed).toList());
  }

  private static String indexed(Path file) {
    Matcher text = matched(file);
    String by = text.group("by");
    return "- [%s](%s) %s%s"
        .formatted(
            text.group("number"),
            file.getFileName(),
            text.group("title"),
            by == null ? "" : " (superseded by %s)".formatted(by));
  }

  private static Matcher matched(Path file) {
    Matcher text = SHAPE.matcher(read(file));
    assertThat(text.matches()).as("%s has the shape of a decision", file).isTrue();
    return text;
  }

  private static String number(Path file) {
    return file.getFileName().toString().substring(0, 4);
  }

  private static List<Path> decisions() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> !file.endsWith("README.md")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
