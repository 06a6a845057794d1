package dev.berth.local.run;

import dev.berth.local.process.Watchdog;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the parts in a JVM of their own and returns when their addresses are written. That JVM
 * ends with the process that called this one, which is Maven.
 */
final class Start {
  private Start() {}

  public static void main(String[] args) throws Exception {
    RunFolder folder = RunFolder.ofThisClone();
    long maven = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
    Files.deleteIfExists(folder.berthProperties());
    Process parts = parts(maven);
    while (!Files.exists(folder.berthProperties())) {
      if (parts.waitFor(100, TimeUnit.MILLISECONDS)) {
        System.exit(1); // it has said why
      }
    }
  }

  private static Process parts(long maven) throws IOException {
    return new ProcessBuilder(Watchdog.detached(command(maven)))
        .inheritIO()
        .redirectInput(new File("/dev/null")) // the keyboard belongs to quarkus:dev
        .start();
  }

  private static List<String> command(long maven) {
    List<String> command =
        new ArrayList<>(List.of(RunFolder.java(), "-Xmx256m", "-XX:+UseSerialGC"));
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("berth.") || name.equals("java.util.logging.manager"))
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            LocalRun.class.getName(),
            Long.toString(maven)));
    return command;
  }
}
