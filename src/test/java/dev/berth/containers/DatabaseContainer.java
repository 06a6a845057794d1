package dev.berth.containers;

import static org.awaitility.Awaitility.await;

import dev.berth.local.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;

/** The oldest PostgreSQL that Berth supports, with the durability that it has by default. */
final class DatabaseContainer implements AutoCloseable {
  private final GenericContainer<?> container;
  private final LocalPostgres seen;

  DatabaseContainer(int port, Path folder) {
    seen = LocalPostgres.at(port, folder);
    container =
        Containers.of(
                "berth-test/postgres",
                Map.of(
                    "POSTGRES_USER", seen.user(),
                    "POSTGRES_PASSWORD", seen.password(),
                    "POSTGRES_DB", "berth"))
            .withCommand("-c", "port=" + port, "-c", "listen_addresses=127.0.0.1");
    container.start();
  }

  /** As tests see it, past every wire. */
  LocalPostgres seen() {
    return seen;
  }

  void awaitAnswers() {
    await("PostgreSQL answers")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(() -> {
          try (Connection connection = seen.dataSource().getConnection()) {
            return connection.isValid(1);
          }
        });
  }

  void kill() {
    Containers.kill(container);
  }

  void startAgain() {
    Containers.startAgain(container);
    awaitAnswers();
  }

  @Override
  public void close() {
    container.close();
  }
}
