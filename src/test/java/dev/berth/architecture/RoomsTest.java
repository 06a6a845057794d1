package dev.berth.architecture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A package is a room: small enough to be known whole, and a word means one thing in the house. */
class RoomsTest {
  private static final int MOST_FILES = 15;

  @Test
  void noPackageHoldsMoreFilesThanAPersonKnowsAtOnce() throws IOException {
    try (Stream<Path> main = Files.walk(sources("main"));
        Stream<Path> test = Files.walk(sources("test"))) {
      assertThat(Stream.concat(main, test).filter(Files::isDirectory))
          .allSatisfy(folder ->
              assertThat(files(folder))
                  .as("%s holds more than %d files", folder, MOST_FILES)
                  .isLessThanOrEqualTo(MOST_FILES));
    }
  }

  @Test
  void noSimpleNameMeansTwoTypes() {
    Map<String, Set<String>> named =
        MainSources.CLASSES.stream()
            .filter(type -> !type.getSimpleName().isEmpty())
            .collect(
                groupingBy(
                    JavaClass::getSimpleName,
                    mapping(JavaClass::getName, toCollection(TreeSet::new))));
    named.remove("package-info");
    assertThat(named.entrySet())
        .allSatisfy(e -> assertThat(e.getValue()).as("means two types").hasSize(1));
  }

  /** Else only a container, a database and a cluster would tell what the core does. */
  @Test
  void everyClassOfTheWorkRoomHasATestOfItsOwn() throws IOException {
    String room = "dev/berth/provisioning/work";
    try (Stream<Path> classes = Files.list(sources("main").resolve(room))) {
      assertThat(classes.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.equals("package-info.java"))
          .map(name -> name.replace(".java", "Test.java"))
          .allSatisfy(test -> assertThat(sources("test").resolve(room).resolve(test)).exists());
    }
  }

  private static Path sources(String set) {
    return Path.of(System.getProperty("basedir", "")).resolve("src/" + set + "/java");
  }

  private static long files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
