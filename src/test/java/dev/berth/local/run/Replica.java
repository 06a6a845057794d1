package dev.berth.local.run;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.process.ChildProcess;
import dev.berth.local.process.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One process of the packaged jar that can be started, killed and frozen again and again. */
public final class Replica implements AutoCloseable {
  /** Of this clone. */
  public static final Path JAR =
      Path.of(System.getProperty("basedir", ""))
          .resolve(Path.of("target", "quarkus-app", "quarkus-run.jar"))
          .toAbsolutePath();

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final String name;
  private final Path jar;
  private final Path dir;
  private final BerthAddress address;
  private final Map<String, String> environment;
  private final BerthApi api;
  private int starts;
  private @Nullable ChildProcess process;

  Replica(String name, Path jar, Path dir, BerthAddress address, Map<String, String> environment) {
    this.name = name;
    this.jar = jar;
    this.dir = dir;
    this.address = address;
    this.environment = environment;
    this.api = new BerthApi(address.url(), address.managementUrl());
  }

  /** Returns at once; each start has a log of its own. */
  public void start() {
    starts++;
    process = ChildProcess.start("%s.%03d".formatted(name, starts), dir, command(), environment);
  }

  /** As {@code kill -9}: the process is gone when this returns. */
  public void kill() {
    ProcessHandle handle = ProcessHandle.of(running().pid()).orElseThrow(this::ended);
    handle.destroyForcibly();
    handle.onExit().join();
    close();
  }

  /** The process stands still, as on a machine that sleeps, until it is thawed. */
  public void freeze() {
    signal("-STOP");
  }

  public void thaw() {
    signal("-CONT");
  }

  /** Of its API and console. */
  public String url() {
    return address.url();
  }

  Map<String, String> environment() {
    return environment;
  }

  public boolean isReady() {
    return api.isReady();
  }

  public void awaitReady() {
    await(name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .failFast(() -> running().obituary().ifPresent(this::fail))
        .until(api::isReady);
  }

  /** What the readiness check of this name says; empty while nobody answers. */
  public String readiness(String name) {
    return check("ready", name);
  }

  /** What all readiness checks say together. */
  public JsonNode readiness() {
    try {
      return api.readiness();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether callers of the API are to be sent here. */
  public boolean isOpen() {
    return check("group/api", "api").contains("\"UP\"");
  }

  private String check(String group, String name) {
    try {
      return api.check(group, name).map(JsonNode::toString).orElse("");
    } catch (IOException notYet) {
      return "";
    }
  }

  /** Waits until the process has ended by itself, and returns what it said. */
  public String awaitEnd() {
    await(name + " ends")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> !running().isAlive());
    return log();
  }

  /** What it has said since it was started last. */
  public String log() {
    return Texts.read(dir.resolve("%s.%03d.log".formatted(name, starts))).orElseThrow();
  }

  /** The tenant as this replica tells it; empty where it knows none of that name. */
  public Optional<JsonNode> tenant(String id) {
    try {
      return api.tenant(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What an operator asks for, and is answered.
   *
   * @throws IOException if there is no answer: it may have been done
   */
  public BerthApi.Answered act(String tenant, BerthApi.Wanted wanted) throws IOException {
    return api.act(tenant, wanted);
  }

  /** What is kept of the actions on the tenant. */
  public BerthApi.Answered actionsOf(String tenant) throws IOException {
    return api.actionsOf(tenant);
  }

  /** The sum of a counter over all series that carry the label, as {@code verdict="STALE"}. */
  public long counted(String metric, String label) {
    try {
      return Math.round(api.metric(metric, label));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.close(PATIENCE); // archiving its classes takes several seconds
      process = null;
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(running().pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ChildProcess running() {
    if (process == null) {
      throw ended();
    }
    return process;
  }

  private IllegalStateException ended() {
    return new IllegalStateException(name + " does not run");
  }

  private void fail(String obituary) {
    throw new IllegalStateException(obituary);
  }

  private List<String> command() {
    if (!jar.toFile().exists()) {
      throw new IllegalStateException(jar + " is missing: run ./mvnw -DskipTests package first");
    }
    // Small, for the machine is shared with the parts; and quick to start: the first one that is
    // asked to end archives its classes, and the next ones map them.
    return List.of(
        RunFolder.java(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + jar.getParent().resolveSibling("berth.jsa"),
        "-jar",
        jar.toString());
  }
}
