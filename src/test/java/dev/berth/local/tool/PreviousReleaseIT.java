package dev.berth.local.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.process.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release before this one is one and the same in everything that is compared with it. */
class PreviousReleaseIT {
  private static final Path COPIES =
      Path.of(System.getProperty("basedir", "")).resolve("src/test/resources/policies-before");
  private static final List<String> NO_POLICIES = List.of("berth-probe.yaml", "kustomization.yaml");

  /** Else {@code src/main/release/previous} was not run. */
  @Test
  void thePoliciesThatBerthTakesForItsOwnAreItsOwn() throws IOException {
    assertThat(files(COPIES))
        .isEqualTo(files(PreviousRelease.built().manifests().resolve("policies")));
  }

  @Test
  void aHistoryWithoutItIsToldTogetherWithWhatToDo(@TempDir Path draft) {
    assertThatThrownBy(
            () -> PreviousRelease.sources("0123456789abcdef0123456789abcdef01234567", draft))
        .hasMessageContaining("previous-release.txt")
        .hasMessageContaining("0123456789abcdef")
        .hasMessageContaining("git fetch --unshallow");
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> listed = Files.list(folder)) {
      listed
          .filter(file -> !NO_POLICIES.contains(file.getFileName().toString()))
          .forEach(
              file -> files.put(file.getFileName().toString(), Texts.read(file).orElseThrow()));
    }
    return files;
  }
}
