package dev.berth.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What can be read at one sitting. Files per package and names are {@link RoomsTest}'s. */
class MeasuresTest {

  private final Measures measures =
      Measures.of(Path.of(System.getProperty("basedir", "")).resolve("src/main/java"));

  MeasuresTest() throws IOException {}

  @Test
  void filesAndMethodsAreShort() {
    assertThat(measures.ninetiethLines()).as("lines of nine files of ten").isLessThanOrEqualTo(100);
    assertThat(measures.mostLines()).as("lines of the longest file").isLessThanOrEqualTo(230);
    assertThat(measures.percentOfLongMethods())
        .as("methods above %d lines, in percent", Measures.LONG_METHOD)
        .isLessThanOrEqualTo(0.5);
  }

  @Test
  void whatIsPassedHasANameMoreOftenThanAPlace() {
    assertThat(measures.positionalPerThousandLines())
        .as("calls with six arguments or more: %s", measures.positional())
        .isLessThanOrEqualTo(1.0);
  }

  @Test
  void nothingIsWrittenTwice() {
    assertThat(measures.duplicates()).isEmpty();
  }
}
