package dev.berth.local.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where programs that are expensive to obtain stay between runs and clones. */
public final class UserCache {
  private UserCache() {}

  public static Path directory(String name) {
    String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path root = xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    try {
      Path ours = Files.createDirectories(root.resolve("berth"));
      // What lies here is run, and PostgreSQL's library lets everybody write to its own folder.
      Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwx------"));
      return Files.createDirectories(ours.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot create %s; set XDG_CACHE_HOME to a folder that you may write".formatted(root), e);
    }
  }
}
