package dev.berth.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.local.run.RunFolder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresIT {
  @TempDir Path dir;

  @Test
  void keepsItsRowsAndItsPortAfterItsServerWasKilled() throws Exception {
    // Given
    LocalPostgres killed = LocalPostgres.start(dir, line -> {});
    execute(killed, "CREATE TABLE kept AS SELECT 42 AS answer");

    // When
    killed.kill();

    // Then
    try (LocalPostgres again = LocalPostgres.start(dir, line -> {})) {
      assertThat(again.port()).isEqualTo(killed.port());
      assertThat(answer(again)).isEqualTo(42);
    }
  }

  @Test
  void endsTheServerThatAKilledRunLeftBehind() throws Exception {
    // Given: a JVM that was killed together with the watchdogs of its children
    Process jvm =
        new ProcessBuilder(
                RunFolder.java(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                dir.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await().atMost(Duration.ofMinutes(3)).until(() -> Files.exists(dir.resolve("started")));
    ProcessHandle server = LocalPostgres.postmaster(dir).orElseThrow();
    jvm.descendants()
        .filter(
            child -> child.info().command().filter(command -> command.endsWith("sh")).isPresent())
        .forEach(ProcessHandle::destroyForcibly);
    jvm.destroyForcibly().waitFor();
    assertThat(server.isAlive()).isTrue();

    // When
    try (LocalPostgres again = LocalPostgres.start(dir, line -> {})) {

      // Then
      assertThat(server.isAlive()).isFalse();
      assertThat(again.port()).isPositive();
    }
  }

  @Test
  void takesAnotherPortWhereItsOwnIsTaken() throws Exception {
    // Given
    LocalPostgres first = LocalPostgres.start(dir, line -> {});
    first.close();

    try (ServerSocket stranger =
            new ServerSocket(first.port(), 1, InetAddress.getLoopbackAddress());
        LocalPostgres again = LocalPostgres.start(dir, line -> {})) {
      assertThat(again.port()).isNotEqualTo(stranger.getLocalPort());
      try (Connection connection = again.dataSource().getConnection()) {
        assertThat(connection.isValid((int) Duration.ofSeconds(5).toSeconds())).isTrue();
      }
    }
  }

  private static void execute(LocalPostgres postgres, String sql) throws SQLException {
    try (Connection connection = postgres.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int answer(LocalPostgres postgres) throws SQLException {
    try (Connection connection = postgres.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT answer FROM kept")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** The main class of the JVM that is killed. */
  static final class Parent {
    public static void main(String[] args) throws Exception {
      Path dir = Path.of(args[0]);
      LocalPostgres.start(dir, line -> {});
      Files.createFile(dir.resolve("started"));
      Thread.currentThread().join();
    }
  }
}
