package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class SchemaTest {

  @Inject Flyway flyway;
  @Inject DataSource database;

  @AfterEach
  void nobodyMigratedFurther() throws SQLException {
    Sql.run(database, "DELETE FROM flyway_schema_history WHERE version = '9999'");
  }

  /** Beside a newer version, and after a rollback. */
  @Test
  void aSchemaThatANewerVersionHasMigratedIsTaken() throws SQLException {
    Sql.run(
        database,
        """
        INSERT INTO flyway_schema_history
               (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
        VALUES (9999, '9999', 'of a newer version', 'SQL', 'V9999__of_a_newer_version.sql', 1, 'berth', 1, true)
        """);

    assertThat(flyway.migrate().success).isTrue();
  }
}
