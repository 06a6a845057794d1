package dev.berth.local;

import dev.berth.local.cluster.UserCache;
import dev.berth.local.process.ChildProcess;
import dev.berth.local.process.Folders;
import dev.berth.local.process.Identity;
import dev.berth.local.process.Ports;
import dev.berth.local.process.Progress;
import dev.berth.local.process.Texts;
import dev.berth.local.process.Watchdog;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL on 127.0.0.1 whose data stay in its directory, with one database {@code berth}.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final String USER = "berth";
  private static final String PASSWORD = "berth";

  private final int port;
  private final Path dir;
  private final @Nullable EmbeddedPostgres server;

  private LocalPostgres(int port, Path dir, @Nullable EmbeddedPostgres server) {
    this.dir = dir;
    this.port = port;
    this.server = server;
  }

  public static LocalPostgres start(Path dir, Progress progress) {
    Path data = dir.resolve("data");
    Path complete = dir.resolve("initialised");
    endLeftOver(dir);
    if (!Files.exists(complete)) {
      Folders.delete(data); // an initdb that was killed half way
    }
    int port = Ports.rememberedIn(dir).of("postgres");
    progress.say("PostgreSQL: starting (about 1 s, the first time 3 s)");
    try {
      Files.createDirectories(dir);
      EmbeddedPostgres server = server(dir, data, port);
      postmaster(dir).ifPresent(postmaster -> Watchdog.over(postmaster, "INT"));
      createDatabase(server);
      Texts.write(complete, "");
      return new LocalPostgres(port, dir, server);
    } catch (IOException | SQLException | IllegalStateException e) {
      throw new IllegalStateException(
          "PostgreSQL does not start in %s: %s. What it said: %s"
              .formatted(data, e.getMessage(), Texts.lastLines(dir.resolve("postgres.log"))),
          e);
    }
  }

  /** One that others have started; closing it does nothing. */
  public static LocalPostgres at(int port, Path dir) {
    return new LocalPostgres(port, dir, null);
  }

  public int port() {
    return port;
  }

  public String user() {
    return USER;
  }

  public String password() {
    return PASSWORD;
  }

  public String databaseUrl() {
    return "postgresql://%s:%s@127.0.0.1:%d/berth".formatted(USER, PASSWORD, port);
  }

  public String jdbcUrl() {
    return jdbcUrl("berth");
  }

  public DataSource dataSource() {
    return dataSource("berth");
  }

  /** A new, empty database of its own for one test class. */
  public DataSource freshDatabase() {
    String name = "fresh_" + UUID.randomUUID().toString().replace('-', '_');
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return dataSource(name);
  }

  /** As a crash would: no goodbye, no flush. */
  public void kill() {
    postmaster(dir).ifPresent(postmaster -> end(postmaster, "-KILL"));
    close(); // releases the lock on the directory
  }

  /**
   * The server and its backends stand still, as on a machine that sleeps, until they are thawed.
   */
  public void freeze() {
    signalAll("-STOP");
  }

  public void thaw() {
    signalAll("-CONT");
  }

  private void signalAll(String signal) {
    postmaster(dir)
        .ifPresent(postmaster ->
            Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .forEach(process -> signal(process, signal)));
  }

  @Override
  public void close() {
    if (server != null) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  private DataSource dataSource(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl(database));
    source.setUser(USER);
    source.setPassword(PASSWORD);
    return source;
  }

  private static EmbeddedPostgres server(Path dir, Path data, int port) throws IOException {
    ProcessBuilder.Redirect log =
        ProcessBuilder.Redirect.appendTo(dir.resolve("postgres.log").toFile());
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(UserCache.directory("postgres").toFile())
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setServerConfig("listen_addresses", "127.0.0.1")
        // The library turns it off; what was committed must outlive a killed server here too.
        .setServerConfig("synchronous_commit", "on")
        .setOutputRedirector(log)
        .setErrorRedirector(log)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(Duration.ofMinutes(3))
        .start();
  }

  private static void createDatabase(EmbeddedPostgres server) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + USER + "'")) {
        statement.execute("CREATE ROLE %s LOGIN CREATEDB PASSWORD '%s'".formatted(USER, PASSWORD));
      }
      if (!exists(statement, "SELECT FROM pg_database WHERE datname = 'berth'")) {
        statement.execute("CREATE DATABASE berth OWNER " + USER);
      }
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  /**
   * A server whose JVM was killed still holds its data directory and would make the next start give
   * up.
   */
  public static void endLeftOver(Path dir) {
    postmaster(dir).ifPresent(postmaster -> end(postmaster, "-INT"));
  }

  /** With its backends, for they hold its shared memory. */
  private static void end(ProcessHandle postmaster, String signal) {
    List<ProcessHandle> backends = postmaster.descendants().toList();
    signal(postmaster, signal);
    ChildProcess.awaitEnd(postmaster, Duration.ofSeconds(8));
    backends.forEach(backend -> ChildProcess.awaitEnd(backend, Duration.ofSeconds(8)));
  }

  private static void signal(ProcessHandle process, String signal) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The first and the third line of postmaster.pid are the pid and the second at which it started.
   */
  static Optional<ProcessHandle> postmaster(Path dir) {
    List<String> lines =
        Texts.read(dir.resolve("data/postmaster.pid"))
            .orElse("")
            .lines()
            .map(String::strip)
            .toList();
    return lines.size() >= 3 && lines.get(0).matches("\\d+") && lines.get(2).matches("\\d+")
        ? new Identity(
                Long.parseLong(lines.get(0)),
                Instant.ofEpochSecond(Long.parseLong(lines.get(2))),
                "postgres")
            .running()
        : Optional.empty();
  }
}
