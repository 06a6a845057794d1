package dev.berth.local.cluster;

import dev.berth.local.process.Progress;
import dev.berth.local.process.Texts;
import dev.berth.local.process.Watchdog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fourth way: builds the programs once from their Go modules, with {@code go} of this machine.
 */
final class KubernetesBuild {
  private static final String PACKAGE_VERSION = "k8s.io/component-base/version.";
  private static final Pattern GO_VERSION = Pattern.compile("go1\\.(\\d+)");
  private static final int OLDEST_GO = 26;
  private static final Map<String, String> PACKAGES =
      Map.of(
          "etcd", "go.etcd.io/etcd/server/v3",
          "kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver",
          "kube-controller-manager", "k8s.io/kubernetes/cmd/kube-controller-manager");

  private final Path cache;
  private final Progress progress;

  KubernetesBuild(Path cache, Progress progress) {
    this.cache = cache;
    this.progress = progress;
  }

  Optional<Path> obtain(Consumer<String> passedOver) {
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      passedOver.accept("4. Build from Go modules: " + obstacle.get());
      return Optional.empty();
    }
    return Optional.of(new CacheFolder(cache, progress).fill(this::build));
  }

  private static Path module() {
    return Path.of(System.getProperty("basedir", ""))
        .resolve("src/test/control-plane")
        .toAbsolutePath();
  }

  private static Optional<String> obstacle() {
    if (!Files.exists(module().resolve("go.mod"))) {
      return Optional.of(
          "%s is not there; run from a clone of the repository.".formatted(module()));
    }
    try {
      Process go =
          new ProcessBuilder("go", "env", "GOVERSION").directory(module().toFile()).start();
      Matcher version = GO_VERSION.matcher(new String(go.getInputStream().readAllBytes()));
      return version.find() && Integer.parseInt(version.group(1)) >= OLDEST_GO
          ? Optional.empty()
          : Optional.of("go is older than 1.%d. Install a newer one.".formatted(OLDEST_GO));
    } catch (IOException absent) {
      return Optional.of("no go on the PATH. Install Go 1.%d or newer.".formatted(OLDEST_GO));
    }
  }

  private void build(Path target) {
    progress.say(
        "Kubernetes: building etcd %s and Kubernetes %s from their Go modules, once; about 6 min on two cores"
            .formatted(KubernetesBinaries.ETCD_VERSION, KubernetesBinaries.VERSION));
    long started = System.nanoTime();
    List<String> programs = KubernetesBinaries.PROGRAMS;
    for (String program : programs) {
      build(
          program,
          target,
          "program %d of %d".formatted(programs.indexOf(program) + 1, programs.size()),
          started);
    }
  }

  private void build(String program, Path target, String position, long started) {
    Path log = target.resolve(program + ".build.log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command(program, target)).directory(module().toFile());
      builder.environment().put("CGO_ENABLED", "0");
      Process go = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      Watchdog.over(go.toHandle(), "TERM");
      do {
        progress.say(
            "Kubernetes: building %s (%s), %d s so far"
                .formatted(program, position, seconds(started)));
      } while (!go.waitFor(20, TimeUnit.SECONDS));
      if (go.exitValue() != 0) {
        throw new IllegalStateException(
            "go build of %s failed in %s:%n%s".formatted(program, module(), Texts.lastLines(log)));
      }
      Files.delete(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while building " + program, e);
    }
  }

  private static List<String> command(String program, Path target) {
    List<String> command =
        new ArrayList<>(List.of("go", "build", "-trimpath", "-buildvcs=false", "-ldflags"));
    command.add(program.equals("etcd") ? "-s -w" : "-s -w " + versionFlags());
    command.addAll(List.of("-o", target.resolve(program).toString(), PACKAGES.get(program)));
    return command;
  }

  private static String versionFlags() {
    String[] parts = KubernetesBinaries.VERSION.split("\\.");
    return String.join(
        " ",
        "-X " + PACKAGE_VERSION + "gitVersion=v" + KubernetesBinaries.VERSION,
        "-X " + PACKAGE_VERSION + "gitMajor=" + parts[0],
        "-X " + PACKAGE_VERSION + "gitMinor=" + parts[1],
        "-X " + PACKAGE_VERSION + "gitTreeState=clean",
        "-X " + PACKAGE_VERSION + "buildDate=2026-01-01T00:00:00Z",
        "-X k8s.io/client-go/pkg/version.gitVersion=v" + KubernetesBinaries.VERSION);
  }

  private static long seconds(long started) {
    return Duration.ofNanos(System.nanoTime() - started).toSeconds();
  }
}
