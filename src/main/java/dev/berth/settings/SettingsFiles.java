package dev.berth.settings;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that {@code QUARKUS_CONFIG_LOCATIONS} names. Quarkus passes over one that is not there,
 * and whoever misspelt a path would run on defaults.
 */
final class SettingsFiles {

  private SettingsFiles() {}

  /**
   * What is wrong with the files: those that are not there or cannot be read. Addresses of other
   * schemes than {@code file} are left to Quarkus, which ends the start itself.
   */
  static List<String> faults(List<String> locations) {
    return locations.stream().map(String::strip).flatMap(SettingsFiles::fault).toList();
  }

  private static Stream<String> fault(String location) {
    return path(location)
        .filter(path -> !Files.isReadable(path))
        .map(path ->
            "QUARKUS_CONFIG_LOCATIONS names %s, which %s"
                .formatted(
                    path,
                    Files.exists(path)
                        ? "may not be read by the user of this process: give it the right"
                        : "is not there: correct the path, or mount the file"))
        .stream();
  }

  private static Optional<Path> path(String location) {
    if (location.isEmpty()) {
      return Optional.empty();
    }
    if (location.startsWith("file:")) {
      return Optional.of(Path.of(URI.create(location)));
    }
    return location.matches("[a-z]{2,}:.*") ? Optional.empty() : Optional.of(Path.of(location));
  }
}
