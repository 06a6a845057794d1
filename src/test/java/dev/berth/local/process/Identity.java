package dev.berth.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process a recorded pid meant: a pid alone may belong to a stranger by the time it is read.
 */
public record Identity(long pid, Instant started, String executable) {
  // The system derives the start from its boot time, which moves a little when the clock is set.
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  public static Identity of(ProcessHandle handle, String executable) {
    return new Identity(
        handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH), executable);
  }

  public static Optional<Identity> parse(String text) {
    String[] parts = text.split(" ", 3);
    return parts.length == 3 && parts[0].matches("\\d+")
        ? Optional.of(new Identity(Long.parseLong(parts[0]), Instant.parse(parts[1]), parts[2]))
        : Optional.empty();
  }

  /** The process, if it still runs and is the same one. */
  public Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid)
        .filter(handle -> isProgram(handle.info()) && startedThen(handle.info()));
  }

  private boolean isProgram(ProcessHandle.Info info) {
    return info.command()
        .map(command -> Path.of(command).endsWith(Path.of(executable).getFileName()))
        .orElse(false);
  }

  private boolean startedThen(ProcessHandle.Info info) {
    return info.startInstant()
        .map(instant -> Duration.between(instant, started).abs().compareTo(TOLERANCE) < 0)
        .orElse(false);
  }

  @Override
  public String toString() {
    return pid + " " + started + " " + executable;
  }
}
