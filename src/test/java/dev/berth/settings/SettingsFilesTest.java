package dev.berth.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A misspelt path must not end in a start on defaults. */
class SettingsFilesTest {

  @TempDir Path folder;

  @Test
  void filesThatAreThereAreFine() throws Exception {
    Path file = Files.createFile(folder.resolve("berth.properties"));

    assertThat(SettingsFiles.faults(List.of(file.toString(), " " + file.toUri(), ""))).isEmpty();
  }

  @Test
  void eachFileThatIsNotThereIsNamed() {
    String plain = folder.resolve("plain").toString();
    Path address = folder.resolve("with space");

    assertThat(SettingsFiles.faults(List.of(plain, address.toUri().toString())))
        .containsExactly(
            "QUARKUS_CONFIG_LOCATIONS names %s, which is not there: correct the path, or mount the file"
                .formatted(plain),
            "QUARKUS_CONFIG_LOCATIONS names %s, which is not there: correct the path, or mount the file"
                .formatted(address));
  }

  @Test
  void addressesOfOtherSchemesAreLeftToQuarkus() {
    assertThat(SettingsFiles.faults(List.of("https://config.example.com/berth.properties")))
        .isEmpty();
  }
}
