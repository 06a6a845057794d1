package dev.berth.local.tool;

import dev.berth.local.cluster.UserCache;
import dev.berth.local.process.Folders;
import dev.berth.local.process.Progress;
import dev.berth.local.process.Texts;
import dev.berth.local.process.Watchdog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The release that this one is an upgrade of: the commit that {@code
 * src/test/resources/previous-release.txt} names, built once from the history of this clone.
 *
 * @param folder holds what is needed of it: {@code quarkus-app} and {@code k8s}
 */
public record PreviousRelease(Path folder) {
  private static final Path PROJECT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path NAMED = PROJECT.resolve("src/test/resources/previous-release.txt");

  private static final List<String> PACKAGE =
      List.of(
          "./mvnw",
          "-B",
          "-q",
          "-Dmaven.test.skip",
          "-Dspotless.check.skip",
          "-Dcheckstyle.skip",
          "package");

  /** Builds it first where the cache does not hold it. */
  public static PreviousRelease built() {
    String commit = Texts.read(NAMED).orElseThrow();
    Path folder = UserCache.directory("previous").resolve(commit);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolveSibling(commit + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock alone = channel.lock()) {
      if (alone.isValid() && !Files.isDirectory(folder)) {
        build(commit, folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to the cache " + folder, e);
    }
    return new PreviousRelease(folder);
  }

  public Path jar() {
    return folder.resolve("quarkus-app/quarkus-run.jar");
  }

  /** Its {@code k8s/}. */
  public Path manifests() {
    return folder.resolve("k8s");
  }

  private static void build(String commit, Path folder) throws IOException {
    Path draft = Files.createTempDirectory(folder.getParent(), ".draft-");
    try {
      Path sources = sources(commit, draft);
      Progress.toConsole()
          .say("the release before this one: building %s, once; about 1 min".formatted(commit));
      Path log = draft.resolve("build.log");
      if (run(sources, log, PACKAGE) != 0) {
        throw new IllegalStateException(
            "the release before this one, %s, cannot be built:%n%s"
                .formatted(commit, Texts.lastLines(log)));
      }
      Path whole = Files.createDirectory(draft.resolve("whole"));
      Files.move(sources.resolve("target/quarkus-app"), whole.resolve("quarkus-app"));
      Files.move(sources.resolve("k8s"), whole.resolve("k8s"));
      Files.move(whole, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.delete(draft);
    }
  }

  static Path sources(String commit, Path draft) throws IOException {
    Path sources = Files.createDirectory(draft.resolve("sources"));
    String archive = draft.resolve("sources.tar").toString();
    Path log = draft.resolve("git.log");
    if (run(PROJECT, log, List.of("git", "archive", "--output", archive, commit)) != 0
        || run(sources, log, List.of("tar", "-xf", archive)) != 0) {
      throw new IllegalStateException(
          """
          The release before this one is commit %s (%s), and git cannot give it: %s
          Upgrades are tried with it. In a clone without all of the history: git fetch --unshallow; in GitHub Actions \
          fetch-depth: 0 of actions/checkout. Then start again.\
          """
              .formatted(commit, NAMED, Texts.lastLines(log)));
    }
    return sources;
  }

  /** Its exit code. */
  private static int run(Path directory, Path log, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Watchdog.over(process.toHandle(), "TERM");
      return process.waitFor();
    } catch (IOException absent) {
      Texts.write(log, absent.getMessage());
      return 127; // as a shell says it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while building the release before", e);
    }
  }
}
