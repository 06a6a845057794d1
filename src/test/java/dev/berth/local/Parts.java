package dev.berth.local;

import dev.berth.local.cluster.LocalCluster;
import dev.berth.local.process.Folders;
import dev.berth.local.process.Progress;
import java.io.File;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The parts of a test run: each starts on its first use, in a fresh directory under {@code
 * target/}, is the same for every test of the JVM, and ends with it.
 */
public final class Parts {
  // Quarkus loads test classes in several class loaders: only the JVM's properties are one for all
  // of them.
  // Not below "berth.": the application under test refuses a setting that it does not know.
  private static final String KEY = "local.parts.";
  private static final Object ONE_FOR_ALL_LOADERS = Runtime.getRuntime();

  private Parts() {}

  public static LocalPostgres postgres() {
    return one(
        "postgres",
        port -> LocalPostgres.at(Integer.parseInt(port), directory("postgres")),
        () -> endingWithTheJvm(LocalPostgres.start(fresh("postgres"), Progress.toConsole())),
        postgres -> Integer.toString(postgres.port()));
  }

  public static LocalKafka kafka() {
    return one(
        "kafka",
        LocalKafka::at,
        () -> endingWithTheJvm(LocalKafka.start(fresh("kafka"), Progress.toConsole())),
        LocalKafka::bootstrapServers);
  }

  public static LocalCluster cluster() {
    return one(
        "cluster",
        dir -> LocalCluster.at(Path.of(dir)),
        Parts::startCluster,
        cluster -> directory("cluster").toString());
  }

  private static LocalCluster startCluster() {
    LocalCluster cluster =
        endingWithTheJvm(LocalCluster.start(fresh("cluster"), Progress.toConsole()));
    PoliciesInForce.awaitAll(cluster);
    return cluster;
  }

  private static <T> T one(
      String part, Function<String, T> attach, Supplier<T> start, Function<T, String> address) {
    synchronized (ONE_FOR_ALL_LOADERS) {
      String known = System.getProperty(KEY + part);
      if (known != null) {
        return attach.apply(known);
      }
      T started = start.get();
      System.setProperty(KEY + part, address.apply(started));
      return started;
    }
  }

  private static <T extends AutoCloseable> T endingWithTheJvm(T part) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(part)));
    return part;
  }

  public static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path fresh(String part) {
    forgetRunsThatAreOver();
    Folders.delete(directory(part));
    return directory(part);
  }

  /** A run's folder stays until the next one, because its logs may explain a failure. */
  private static void forgetRunsThatAreOver() {
    File[] runs = runs().toFile().listFiles((dir, name) -> name.matches("\\d+"));
    Stream.of(runs == null ? new File[0] : runs)
        .filter(run -> ProcessHandle.of(Long.parseLong(run.getName())).isEmpty())
        .forEach(run -> forget(run.toPath()));
  }

  private static void forget(Path run) {
    try {
      Folders.delete(run);
    } catch (UncheckedIOException e) {
      Progress.toConsole().say("left for the next run, its parts are still ending: " + run);
    }
  }

  private static Path directory(String part) {
    return runs().resolve(Long.toString(ProcessHandle.current().pid())).resolve(part);
  }

  private static Path runs() {
    return Path.of(System.getProperty("basedir", ""), "target", "parts").toAbsolutePath();
  }
}
