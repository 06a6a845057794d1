package dev.berth.delivery.evidence;

import dev.berth.local.LocalPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Berth's database says. */
public final class Database {
  private final LocalPostgres postgres;

  public Database(LocalPostgres postgres) {
    this.postgres = postgres;
  }

  /** A tenant as its row tells. */
  public record Row(String phase, int incarnation, long generation, long observedGeneration) {}

  public Map<String, Row> tenants() {
    Map<String, Row> tenants = new HashMap<>();
    query(
        "SELECT tenant_id, phase, incarnation, generation, observed_generation FROM tenant",
        row ->
            tenants.put(
                row.getString(1),
                new Row(row.getString(2), row.getInt(3), row.getLong(4), row.getLong(5))));
    return tenants;
  }

  /** The uid by the name of each namespace that is on record. */
  Map<String, String> namespaces() {
    Map<String, String> namespaces = new HashMap<>();
    query(
        "SELECT namespace, coalesce(uid, '') FROM tenant_namespace",
        row -> namespaces.put(row.getString(1), row.getString(2)));
    return namespaces;
  }

  /** The verdict by the id of each event of the control plane. */
  public Map<String, String> verdicts() {
    Map<String, String> verdicts = new HashMap<>();
    query(
        "SELECT event_id, verdict FROM inbox",
        row -> verdicts.put(row.getString(1), row.getString(2)));
    return verdicts;
  }

  /** Of the tenant, in a readable form; for a message about what does not come to an end. */
  public List<String> notIn(String... phases) {
    List<String> lines = new ArrayList<>();
    query(
        """
        SELECT concat_ws(' ', tenant_id, phase, 'generation', generation, 'attempt', attempt,
                         'next', next_run_at, 'lease', lease_until)
          FROM tenant WHERE NOT phase = ANY ('{%s}') LIMIT 10
        """
            .formatted(String.join(",", phases)),
        row -> lines.add(row.getString(1)));
    return lines;
  }

  /**
   * One entry for each claim whose lease has not ended: what somebody works on, or did when it
   * died.
   */
  public Set<String> claims() {
    Set<String> claims = new HashSet<>();
    if (number("SELECT count(*) FROM pg_tables WHERE tablename = 'tenant'") == 0) {
      return claims; // killed before it had made its tables
    }
    query(
        "SELECT tenant_id || ' ' || epoch FROM tenant WHERE lease_until > clock_timestamp()",
        row -> claims.add(row.getString(1)));
    return claims;
  }

  public long count(String phase, String tenants) {
    return number(
        "SELECT count(*) FROM tenant WHERE phase = '%s' AND tenant_id LIKE '%s'"
            .formatted(phase, tenants));
  }

  /** Of the nodes for sandboxes by all tenants, bytes. */
  public long memoryTaken() {
    return number("SELECT coalesce(sum(memory), 0) FROM placement");
  }

  public long unpublished() {
    return number("SELECT count(*) FROM outbox WHERE published_at IS NULL");
  }

  private long number(String sql) {
    List<Long> numbers = new ArrayList<>();
    query(sql, row -> numbers.add(row.getLong(1)));
    return numbers.getFirst();
  }

  private void query(String sql, Reading reading) {
    try (Connection connection = postgres.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reading.read(rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Reading {
    void read(ResultSet row) throws SQLException;
  }
}
