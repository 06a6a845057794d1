package dev.berth.containers;

import dev.berth.local.process.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Berth's image, built once per test run as the head of its Dockerfile says, with no network. */
final class BerthImage {
  private static final String NAME = "berth-test/berth";
  private static final String BASE = "berth-test/java";

  private static boolean built;

  private BerthImage() {}

  static synchronized String name() {
    if (!built) {
      Progress.toConsole().say("Berth: building its image");
      build();
      built = true;
    }
    return NAME;
  }

  private static void build() {
    ProcessBuilder docker =
        new ProcessBuilder(
            "docker",
            "build",
            "--quiet",
            "--network=none",
            "--tag",
            NAME,
            "--build-arg",
            "BASE_IMAGE=" + BASE,
            "--file",
            "src/main/docker/Dockerfile.jvm",
            ".");
    docker.environment().put("DOCKER_BUILDKIT", "0"); // not every client has BuildKit
    docker.directory(Path.of(System.getProperty("basedir", "")).toAbsolutePath().toFile());
    try {
      Process process = docker.redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "Berth's image cannot be built. Run src/test/containers/daemon and"
                + " src/test/containers/images first. "
                + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
