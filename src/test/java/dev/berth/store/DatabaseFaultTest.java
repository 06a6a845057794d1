package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault says what is wrong, where, and what to do. */
class DatabaseFaultTest {

  private static final String URL = "jdbc:postgresql://db.example.com:5432/berth";

  @ParameterizedTest
  @CsvSource({
    "28P01, password authentication failed, refuses user 'berth'",
    "28000, role is not permitted to log in, refuses user 'berth'",
    "3D000, database does not exist, create it",
    "42501, permission denied for schema public, the owner of the database",
    "08001, Connection refused, no PostgreSQL answers",
    "08006, SSL error: PKIX path building failed, sslrootcert",
    "55P03, canceling statement due to lock timeout, pg_stat_activity",
    "42601, syntax error, cannot be migrated",
  })
  void everyFaultNamesThePlaceAndTheRemedy(String state, String message, String remedy) {
    assertThat(told(new SQLException(message, state))).contains(message, remedy, "db.example.com");
  }

  @Test
  void whatIsBehindItIsTold() {
    assertThat(told(new SQLException("SSL error", "08006", new FileNotFoundException("/ca.pem"))))
        .contains("SSL error", "/ca.pem", "sslrootcert");
  }

  @Test
  void aDatabaseThatIsNotNamedIsToldAsSuch() {
    assertThat(DatabaseFault.of(new IllegalStateException("no url")).at("", ""))
        .contains("no database is named", "DATABASE_URL");
  }

  private static String told(SQLException cause) {
    return DatabaseFault.of(new IllegalStateException("Flyway", cause)).at(URL, "berth");
  }
}
