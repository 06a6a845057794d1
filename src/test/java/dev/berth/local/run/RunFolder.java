package dev.berth.local.run;

import dev.berth.local.process.Folders;
import dev.berth.local.process.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code .berth/} of this clone, or the folder that {@code berth.local.folder} names: the data of
 * the parts, what one run tells others, and small commands.
 */
public final class RunFolder {
  /** What a tenant with restricted pod security may start. */
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {generateName: hello-}
      spec:
        securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
        containers:
        - name: hello
          image: hello
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
      """;

  /** Finds the Berth of this run wherever it listens. */
  private static final String COMMAND_LINE =
      """
      #!/bin/sh
      env="%s"
      if [ ! -f "$env" ]; then
        echo "$env is not there: nothing runs, or it is not ready yet. Start it with ./mvnw" >&2
        exit 1
      fi
      BERTH_URL=${BERTH_URL:-$(sed -n 's/^BERTH_URL=//p' "$env")}
      export BERTH_URL
      exec "%s" @"%s" dev.berth.cli.BerthCommand "$@"
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path root;

  RunFolder(Path root) {
    this.root = root.toAbsolutePath();
  }

  static RunFolder ofThisClone() {
    Path clone = Path.of(System.getProperty("basedir", ""));
    return new RunFolder(clone.resolve(System.getProperty("berth.local.folder", ".berth")));
  }

  Path data(String part) {
    return root.resolve("data").resolve(part);
  }

  /** Where Berth reads its plans from. */
  Path plans() {
    return root.resolve("plans");
  }

  Path localEnv() {
    return root.resolve("local.env");
  }

  /** What {@code quarkus:dev} reads; its appearance says that the parts are up. */
  Path berthProperties() {
    return root.resolve("run").resolve("berth.properties");
  }

  Path bin(String command) {
    return root.resolve("bin").resolve(command);
  }

  Path run(String file) {
    return root.resolve("run").resolve(file);
  }

  /** One run at a time; the system releases the lock of a run that was killed. */
  FileLock lock() {
    try {
      Files.createDirectories(root.resolve("run"));
      FileChannel channel =
          FileChannel.open(run("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      for (long end = System.nanoTime() + PATIENCE.toNanos();
          lock == null && System.nanoTime() < end; ) {
        TimeUnit.MILLISECONDS.sleep(200); // a run that was just ended still stops its parts
        lock = channel.tryLock();
      }
      if (lock == null) {
        throw new IllegalStateException(
            "Another run (process %s) uses %s. End it with Ctrl-C there or `kill %1$s`, then start again."
                .formatted(Texts.read(run("owner")).orElse("unknown"), root));
      }
      Texts.write(run("owner"), Long.toString(ProcessHandle.current().pid()));
      return lock;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + root, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void deleteData() {
    Folders.delete(root.resolve("data"));
    Folders.delete(plans());
  }

  void forgetLastRun() {
    try {
      Files.deleteIfExists(localEnv());
      Files.deleteIfExists(berthProperties());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String lines(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /**
   * {@code .berth/bin/send}, {@code berth} and the like: this class path, without the seconds that
   * Maven needs.
   */
  void writeCommands() {
    Texts.write(
        run("java.args"),
        """
        -XX:TieredStopAtLevel=1
        -Djava.util.logging.manager=org.jboss.logmanager.LogManager
        -cp
        "%s"
        """
            .formatted(System.getProperty("java.class.path")));
    Texts.write(root.resolve("pod.yaml"), POD);
    for (String command : ByHand.COMMANDS) {
      Texts.write(
          bin(command),
          """
          #!/bin/sh
          exec "%s" @"%s" %s %s "%s" "$@"
          """
              .formatted(java(), run("java.args"), ByHand.class.getName(), command, localEnv()));
      bin(command).toFile().setExecutable(true);
    }
    Texts.write(bin("berth"), COMMAND_LINE.formatted(localEnv(), java(), run("java.args")));
    bin("berth").toFile().setExecutable(true);
  }

  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
