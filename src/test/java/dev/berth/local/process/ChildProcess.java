package dev.berth.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that runs beside this JVM and does not outlive it, however the JVM ends. */
public final class ChildProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final String name;
  private final Path dir;
  private final Process process;
  private final Watchdog watchdog;

  private ChildProcess(String name, Path dir, Process process) {
    this.name = name;
    this.dir = dir;
    this.process = process;
    this.watchdog = Watchdog.over(process.toHandle(), "TERM");
  }

  /** Starts the program with its output in {@code <name>.log} and its pid in {@code <name>.pid}. */
  public static ChildProcess start(
      String name, Path dir, List<String> command, Map<String, String> environment) {
    endLeftOver(name, dir);
    try {
      Files.createDirectories(dir);
      ProcessBuilder builder = new ProcessBuilder(Watchdog.detached(command));
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(log(name, dir).toFile());
      Process process = builder.start();
      process.getOutputStream().close();
      ChildProcess child = new ChildProcess(name, dir, process);
      Texts.write(
          record(name, dir), Identity.of(process.toHandle(), command.getFirst()).toString());
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.getFirst(), e);
    }
  }

  /**
   * Ends the program that an earlier JVM left behind, if the recorded pid is really that program.
   */
  public static void endLeftOver(String name, Path dir) {
    Texts.read(record(name, dir))
        .flatMap(Identity::parse)
        .flatMap(Identity::running)
        .ifPresent(handle -> end(handle, PATIENCE));
  }

  public static void end(ProcessHandle handle, Duration patience) {
    handle.destroy();
    awaitEnd(handle, patience);
  }

  /** By force where patience is not enough. */
  public static void awaitEnd(ProcessHandle handle, Duration patience) {
    if (!hasEnded(handle, patience)) {
      handle.destroyForcibly();
      hasEnded(handle, patience); // or its parent has not asked for it yet, which is as good
    }
  }

  private static boolean hasEnded(ProcessHandle handle, Duration patience) {
    try {
      handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What the program said, if it is no longer there. */
  public Optional<String> obituary() {
    return isAlive()
        ? Optional.empty()
        : Optional.of(
            "%s ended with code %d. Its last words (%s):%n%s"
                .formatted(
                    name, process.exitValue(), log(name, dir), Texts.lastLines(log(name, dir))));
  }

  /** As a crash would. It is gone when this returns, and so are its listeners. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  void askToEnd() {
    process.destroy();
  }

  @Override
  public void close() {
    close(PATIENCE);
  }

  public void close(Duration patience) {
    end(process.toHandle(), patience);
    watchdog.close();
    try {
      Files.deleteIfExists(record(name, dir));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path record(String name, Path dir) {
    return dir.resolve(name + ".pid");
  }

  private static Path log(String name, Path dir) {
    return dir.resolve(name + ".log");
  }
}
