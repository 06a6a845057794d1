package dev.berth.provisioning.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.UUID;

/** Tells this build of Berth from others: they may see the same cluster with other eyes. */
final class Build {

  private Build() {}

  /** The version, and what is in the jar where Berth runs from one. */
  static String fingerprint(String version) {
    CodeSource source = Build.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return version;
    }
    Path code = Path.of(source.getLocation().getPath());
    try {
      return Files.isRegularFile(code)
          ? version + " " + UUID.nameUUIDFromBytes(Files.readAllBytes(code))
          : version;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
