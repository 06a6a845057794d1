package dev.berth.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where programs that are expensive to obtain stay between runs and clones. */
final class UserCache {
  private UserCache() {}

  static Path directory(String name) {
    String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path root = xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    try {
      return Files.createDirectories(root.resolve("berth").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot create %s; set XDG_CACHE_HOME to a folder that you may write".formatted(root), e);
    }
  }
}
