package dev.berth.monitoring.stage;

import static dev.berth.journey.stage.Stage.eventually;

import dev.berth.local.Parts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** What somebody with access to PostgreSQL can break. */
public final class Sabotage {

  private static final String DATABASE = "berth";

  private Sabotage() {}

  /** Something that ends when it is closed. */
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  public static int change(String sql) {
    try (Connection connection = Parts.postgres().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nobody gets into the database, and who is in it is thrown out. */
  public static Hold closesTheDatabase() {
    allowConnections(false);
    return () -> allowConnections(true);
  }

  /** Nobody is given room meanwhile. */
  public static Hold holdsTheLockForRoom() {
    try {
      Connection connection = Parts.postgres().dataSource().getConnection();
      connection
          .createStatement()
          .execute("SELECT pg_advisory_lock(hashtextextended('berth.placement', 0))");
      return () -> close(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The stored wishes of the tenant are no longer readable. */
  public static Hold spoils(String tenant) {
    change(
        "CREATE TABLE spoilt AS SELECT tenant_id, desired FROM tenant WHERE tenant_id = '%s'"
            .formatted(tenant));
    change("UPDATE tenant SET desired = '[]' WHERE tenant_id = '%s'".formatted(tenant));
    return () -> {
      change(
          "UPDATE tenant t SET desired = s.desired FROM spoilt s USING (tenant_id)"
              .replace(" USING (tenant_id)", " WHERE t.tenant_id = s.tenant_id"));
      change("DROP TABLE spoilt");
    };
  }

  /**
   * The tenant was accepted so much earlier than it was. Written while nobody works on it, who
   * would write what was before.
   */
  public static void acceptedEarlier(String tenant, int seconds) {
    String earlier =
        """
        UPDATE tenant SET conditions = replace(CAST(conditions AS text), accepted.at,
               to_char(CAST(accepted.at AS timestamptz) AT TIME ZONE 'UTC' - %d * interval '1 second',
                       'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::json
          FROM (SELECT c ->> 'lastTransitionTime' AS at FROM tenant, json_array_elements(conditions) c
                 WHERE tenant_id = '%s' AND c ->> 'type' = 'Accepted') accepted
         WHERE tenant_id = '%s' AND lease_until IS NULL\
        """
            .formatted(seconds, tenant, tenant);
    eventually().until(() -> change(earlier) == 1);
  }

  private static void allowConnections(boolean allowed) {
    var postgres = Parts.postgres();
    String maintenance = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres.port());
    try (Connection connection =
            DriverManager.getConnection(maintenance, postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE %s ALLOW_CONNECTIONS %s".formatted(DATABASE, allowed));
      if (!allowed) {
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = '%s'"
                .formatted(DATABASE));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
