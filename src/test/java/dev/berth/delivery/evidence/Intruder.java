package dev.berth.delivery.evidence;

import dev.berth.local.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A user of PostgreSQL whose password is asked for, with an empty database. */
public final class Intruder {

  private static final String NAME = "intruder";

  private final LocalPostgres postgres;

  public Intruder(LocalPostgres postgres, String password) throws Exception {
    this.postgres = postgres;
    execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(NAME, password));
    execute("CREATE DATABASE %1$s OWNER %1$s".formatted(NAME));
    Path rules = Path.of(query("SHOW hba_file"));
    Files.writeString(
        rules, "host all %s all scram-sha-256\n".formatted(NAME) + Files.readString(rules));
    execute("SELECT pg_reload_conf()");
  }

  public String url(String password) {
    return "postgresql://%1$s:%2$s@127.0.0.1:%3$d/%1$s".formatted(NAME, password, postgres.port());
  }

  public void password(String password) throws SQLException {
    execute("ALTER ROLE %s PASSWORD '%s'".formatted(NAME, password));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = superuser(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = superuser(postgres);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  static Connection superuser(LocalPostgres postgres) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres.port()), "postgres", "");
  }
}
