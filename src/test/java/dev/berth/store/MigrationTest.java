package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** R2: what takes long is not cut off; what waits for others ends, and is tried again. */
@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class MigrationTest {

  private final AgroalDataSource pool;
  private final Migration migration;

  MigrationTest(Flyway flyway, AgroalDataSource pool) {
    this.pool = pool;
    this.migration = new Migration(flyway, pool);
  }

  @Test
  void itHasLimitsOfItsOwnAndLeavesThoseOfThePool() throws SQLException {
    migration.run();

    try (AgroalDataSource own = migration.connections()) {
      assertThat(one(own, "SHOW statement_timeout")).isEqualTo("0");
      assertThat(one(own, "SHOW lock_timeout")).isEqualTo("5s");
      assertThat(one(own, "SELECT current_database()"))
          .isEqualTo(one(pool, "SELECT current_database()"));
    }
    assertThat(one(pool, "SHOW statement_timeout")).isEqualTo("30s");
    assertThat(one(pool, "SHOW lock_timeout")).isEqualTo("0");
  }

  @Test
  void aTableThatSomebodyUsesEndsTheAttempt() throws SQLException {
    try (AgroalDataSource own = migration.connections();
        Connection reader = pool.getConnection()) {
      reader.setAutoCommit(false);
      read(reader);

      assertThatThrownBy(() -> one(own, "ALTER TABLE refused ADD COLUMN none text"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55P03"));
      reader.rollback();
    }
  }

  private static void read(Connection reader) throws SQLException {
    try (Statement statement = reader.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM refused")) {
      assertThat(rows.next()).isTrue();
    }
  }

  private static String one(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
