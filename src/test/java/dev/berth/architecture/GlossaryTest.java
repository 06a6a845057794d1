package dev.berth.architecture;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.berth.tenant.condition.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The words of docs/glossary.md are those of the code, the tables, the contract and the metrics.
 */
class GlossaryTest {
  private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));

  private final List<String[]> rows = rows();

  @Test
  void everyTermIsThereOnceAndInOrder() {
    List<String> terms = rows.stream().map(row -> row[1].strip()).toList();
    assertThat(terms).hasSizeGreaterThan(30).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void everyTypeExists() {
    assertThat(named(3))
        .isSubsetOf(MainSources.CLASSES.stream().map(JavaClass::getSimpleName).toList());
  }

  @Test
  void everyTableOrColumnExists() {
    assertAllIn(4, text("db/migrations", file -> true));
  }

  @Test
  void everyJsonMemberIsInTheContract() {
    assertAllIn(5, text("docs", file -> file.endsWith("contract.md")));
  }

  @Test
  void everyMetricAndLabelIsUsed() {
    assertAllIn(6, text("src/main/java", file -> true));
  }

  /** Whoever reads a reason in a status finds it in the papers. */
  @Test
  void everyReasonIsExplained() {
    String papers =
        text("docs", file -> file.endsWith("reasons.md") || file.endsWith("contract.md"));
    assertThat(Reason.values())
        .allSatisfy(reason -> assertThat(papers).contains("`" + reason + "`"));
  }

  private void assertAllIn(int column, String text) {
    assertThat(named(column))
        .isNotEmpty()
        .allSatisfy(
            name -> assertThat(text).containsPattern("\\b" + name.replace(".", "\\.") + "\\b"));
  }

  private List<String> named(int column) {
    return rows.stream()
        .map(row -> row[column].strip().replace("`", ""))
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  private static List<String[]> rows() {
    return text("docs", file -> file.endsWith("glossary.md"))
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| term"))
        .map(line -> line.split("\\|", -1))
        .toList();
  }

  private static String text(String folder, Predicate<String> which) {
    try (Stream<Path> files = Files.walk(PROJECT.resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> which.test(file.toString()))
          .map(GlossaryTest::read)
          .collect(joining("\n"));
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
