package dev.berth.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A shell that waits on a pipe held by this JVM and ends a process when the pipe breaks: that
 * happens however the JVM dies, {@code kill -9} included.
 */
public final class Watchdog implements AutoCloseable {
  private static final String END_PROCESS =
      """
      trap '' INT TERM HUP
      while read -r _; do :; done
      kill -"$2" "$1" 2>/dev/null
      tries=0
      while kill -0 "$1" 2>/dev/null && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
      kill -9 "$1" 2>/dev/null
      """;

  private static final String DELETE_FILE =
      """
      trap '' INT TERM HUP
      while read -r _; do :; done
      rm -f "$1"
      """;

  private final Process shell;

  private Watchdog(Process shell) {
    this.shell = shell;
  }

  /** The watch ends with the process, before its pid can belong to another one. */
  public static Watchdog over(ProcessHandle watched, String signal) {
    Watchdog watchdog = start(END_PROCESS, Long.toString(watched.pid()), signal);
    watched.onExit().thenRun(watchdog::close);
    return watchdog;
  }

  /** The file goes when this JVM ends. */
  public static void overFile(Path file) {
    start(DELETE_FILE, file.toString());
  }

  private static Watchdog start(String script, String... subject) {
    try {
      return new Watchdog(
          new ProcessBuilder(detached(command(script, subject)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a shell", e);
    }
  }

  private static List<String> command(String script, String... subject) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "berth-watchdog"));
    command.addAll(List.of(subject));
    return command;
  }

  /**
   * In a session of its own where the system can: Ctrl-C then reaches this JVM, which ends its
   * children in order.
   */
  public static List<String> detached(List<String> command) {
    List<String> detached = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      detached.add("/usr/bin/setsid");
    }
    detached.addAll(command);
    return detached;
  }

  @Override
  public void close() {
    shell.destroyForcibly();
  }
}
