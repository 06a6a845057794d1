package dev.berth.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Looks at the tables past the store. */
public final class Sql {

  private Sql() {}

  public static void empty(DataSource dataSource) throws SQLException {
    run(
        dataSource,
        "TRUNCATE tenant, tenant_namespace, tenant_resource, placement, isolation_report, parked, inbox, refused, outbox, action, installation, plan_release");
  }

  public static int run(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  /** For very many rows: unlike a statement of Berth it may take as long as it takes. */
  public static void patiently(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = 0");
      statement.execute(sql);
      statement.execute("RESET statement_timeout");
    }
  }

  /** The first column of the only row. */
  public static String one(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new AssertionError("no row: " + sql);
      }
      String value = rows.getString(1);
      if (rows.next()) {
        throw new AssertionError("more than one row: " + sql);
      }
      return value;
    }
  }
}
