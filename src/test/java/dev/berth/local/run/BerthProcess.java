package dev.berth.local.run;

import dev.berth.local.process.ChildProcess;
import dev.berth.local.process.Identity;
import dev.berth.local.process.Progress;
import dev.berth.local.process.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JVM in which {@code quarkus:dev} runs Berth. It stays when Maven is killed, and would disturb
 * the next run.
 */
final class BerthProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration TELL = Duration.ofSeconds(30);

  private final ProcessHandle maven;
  private final Path record;
  private List<Identity> running = List.of();

  BerthProcess(ProcessHandle maven, Path record) {
    this.maven = maven;
    this.record = record;
  }

  boolean goesOn() {
    // One that has ended but that its caller has not asked for yet has no program any more.
    if (!maven.isAlive() || maven.info().command().isEmpty()) {
      return false;
    }
    // Those seen before as well: Maven's children are nobody's for a moment before it is gone.
    List<Identity> now =
        Stream.concat(
                running.stream().filter(seen -> seen.running().isPresent()), childrenOfMaven())
            .distinct()
            .toList();
    if (!now.equals(running)) {
      running = now;
      Texts.write(record, now.stream().map(Identity::toString).collect(Collectors.joining("\n")));
    }
    return true;
  }

  private Stream<Identity> childrenOfMaven() {
    Set<ProcessHandle> parts = ProcessHandle.current().descendants().collect(Collectors.toSet());
    return maven
        .descendants()
        .filter(handle -> !parts.contains(handle) && !handle.equals(ProcessHandle.current()))
        .filter(handle -> handle.info().command().filter(c -> c.endsWith("java")).isPresent())
        .map(handle -> Identity.of(handle, "java"));
  }

  /** False if Maven ended before. */
  boolean awaitReady(BerthApi api, Progress progress) throws InterruptedException {
    long tellAt = System.nanoTime() + TELL.toNanos();
    while (goesOn()) {
      if (api.isReady()) {
        return true;
      }
      if (System.nanoTime() > tellAt) {
        tellAt = System.nanoTime() + TELL.toNanos();
        progress.say(
            "still waiting for Berth to become ready; if it failed, its output above says why");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return false;
  }

  void awaitMavenGone() throws InterruptedException {
    while (goesOn()) {
      TimeUnit.MILLISECONDS.sleep(300);
    }
  }

  /** Berth may still be ending by itself, and needs the parts for that. */
  void awaitGone() {
    running.stream().map(Identity::running).flatMap(Optional::stream).forEach(this::awaitGone);
  }

  void endLeftOver() {
    Texts.read(record)
        .orElse("")
        .lines()
        .map(Identity::parse)
        .flatMap(Optional::stream)
        .map(Identity::running)
        .flatMap(Optional::stream)
        .forEach(handle -> ChildProcess.end(handle, PATIENCE));
    Texts.write(record, "");
  }

  private void awaitGone(ProcessHandle handle) {
    try {
      handle.onExit().get(5, TimeUnit.SECONDS);
    } catch (Exception stays) {
      ChildProcess.end(handle, PATIENCE);
    }
  }
}
