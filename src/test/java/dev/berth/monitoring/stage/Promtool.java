package dev.berth.monitoring.stage;

import dev.berth.local.tool.GoTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The checks that Prometheus itself ships. */
public final class Promtool {

  private Promtool() {}

  /**
   * What it said.
   *
   * @param code 0 = all is well
   */
  public record Verdict(int code, String text) {}

  public static Verdict run(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of(GoTool.PROMTOOL.path().toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("promtool.log");
    try {
      Files.createDirectories(folder);
      Process promtool =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!promtool.waitFor(2, TimeUnit.MINUTES)) {
        promtool.destroyForcibly();
        throw new IllegalStateException("promtool does not end: " + Files.readString(output));
      }
      return new Verdict(promtool.exitValue(), Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
