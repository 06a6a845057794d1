package dev.berth.local.tool;

import dev.berth.local.cluster.UserCache;
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
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program in the version that the go.mod of its folder names, with the checksums there; built
 * once and kept in the user's cache.
 */
public enum GoTool {
  KUSTOMIZE("manifest-tools", "sigs.k8s.io/kustomize/kustomize/v5", ""),
  HELM("manifest-tools", "helm.sh/helm/v3", "/cmd/helm"),
  PROMETHEUS("prometheus", "github.com/prometheus/prometheus", "/cmd/prometheus"),
  PROMTOOL("prometheus", "github.com/prometheus/prometheus", "/cmd/promtool");

  /** Leaves out what finds machines in clouds, which is most of Prometheus. */
  private static final String TAGS = "-tags=remove_all_sd";

  private final Path folder;
  private final String module;
  private final String command;

  GoTool(String folder, String module, String command) {
    this.folder = Path.of(System.getProperty("basedir", "")).resolve("src/test").resolve(folder);
    this.module = module;
    this.command = command;
  }

  /** The program; builds it first where the cache does not hold it. */
  public synchronized Path path() {
    String name = name().toLowerCase(Locale.ROOT);
    Path program = UserCache.directory(name).resolve(name + "-" + version());
    if (Files.isExecutable(program)) {
      return program;
    }
    try (FileChannel channel =
            FileChannel.open(
                program.resolveSibling("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock alone = channel.lock()) {
      if (alone.isValid() && !Files.isExecutable(program)) {
        build(program);
      }
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to the cache " + program, e);
    }
  }

  private String version() {
    Path file = folder.resolve("go.mod");
    Matcher line =
        Pattern.compile("(?m)^(?:require)?\\s*" + Pattern.quote(module) + " (v\\S+)$")
            .matcher(Texts.read(file).orElse(""));
    if (!line.find()) {
      throw new IllegalStateException(file + " names no version of " + module);
    }
    return line.group(1);
  }

  private void build(Path program) throws IOException {
    Progress.toConsole()
        .say(
            "%s %s: building it from its Go module, once; some minutes".formatted(this, version()));
    Path draft = program.resolveSibling(program.getFileName() + ".draft");
    Path log = program.resolveSibling(program.getFileName() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    "go",
                    "build",
                    "-trimpath",
                    "-buildvcs=false",
                    "-ldflags=-s -w",
                    TAGS,
                    "-o",
                    draft.toString(),
                    module + command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("CGO_ENABLED", "0");
    if (run(builder) != 0) {
      throw new IllegalStateException(
          "%s cannot be built in %s:%n%s".formatted(this, folder, Texts.lastLines(log)));
    }
    Files.move(draft, program, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(log);
  }

  private int run(ProcessBuilder builder) {
    try {
      Process go = builder.start();
      Watchdog.over(go.toHandle(), "TERM");
      return go.waitFor();
    } catch (IOException absent) {
      throw new IllegalStateException(
          "%s is built with go, which is not on the PATH. Install Go 1.26 or newer."
              .formatted(this),
          absent);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while building " + this, e);
    }
  }
}
