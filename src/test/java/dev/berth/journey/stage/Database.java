package dev.berth.journey.stage;

import static org.awaitility.Awaitility.await;

import dev.berth.local.Parts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Berth's tables, read past Berth. */
public final class Database {

  public String phase(String tenant) {
    return one("SELECT phase FROM tenant WHERE tenant_id = ?", tenant);
  }

  /** Makes the tenant due, and waits until it was looked at. */
  public void awaitAnotherLook(String tenant) {
    String epoch = "SELECT epoch FROM tenant WHERE tenant_id = ? AND lease_until IS NULL";
    String before = Stage.eventually().until(() -> one(epoch, tenant), Objects::nonNull);
    change("UPDATE tenant SET next_run_at = now() WHERE tenant_id = ?", tenant);
    Stage.eventually()
        .until(
            () -> one(epoch, tenant),
            now -> now != null && Long.parseLong(now) >= Long.parseLong(before) + 2);
  }

  public String conditions(String tenant) {
    return one("SELECT conditions FROM tenant WHERE tenant_id = ?", tenant);
  }

  /**
   * The verdict on the event, with its reason if it has one; of one that waits the reason alone.
   */
  public String verdict(ControlPlane.Sent sent) {
    return one(
        "SELECT concat_ws(' ', verdict, reason) FROM inbox WHERE source = '/control-plane' AND event_id = ?",
        sent.id());
  }

  public List<String> reasonsOfRefusal(ControlPlane.Sent sent) {
    return all(
        "SELECT reason FROM refused WHERE topic = 'tenant.events' AND \"partition\" = ? AND \"offset\" = ?",
        sent.partition(),
        sent.offset());
  }

  /** What all tenants take of the nodes for sandboxes, bytes. */
  public long memoryTaken() {
    return Long.parseLong(one("SELECT coalesce(sum(memory), 0) FROM placement"));
  }

  /** What tenants were looked at with the last time, in digests; mostly one for all. */
  public List<String> outlooks() {
    return all(
        "SELECT DISTINCT seen_guarantees FROM tenant WHERE phase NOT IN ('OFFBOARDED', 'REJECTED')");
  }

  /** Nobody is worked on, or is to be now. */
  public boolean isAtRest() {
    return all("SELECT tenant_id FROM tenant WHERE lease_until IS NOT NULL OR next_run_at <= now()")
        .isEmpty();
  }

  public List<String> releasedPlans() {
    return all("SELECT name || '@' || version FROM plan_release ORDER BY 1");
  }

  public List<String> stepsInTheOutbox(String tenant) {
    return all(
        "SELECT type FROM outbox WHERE topic = 'tenant.lifecycle' AND aggregateid = ? ORDER BY agg_seq",
        tenant);
  }

  /** Nobody else reads or writes tenants until it is closed. */
  public Lock locksTenants() {
    try {
      Connection connection = Parts.postgres().dataSource().getConnection();
      connection.setAutoCommit(false);
      connection.createStatement().execute("LOCK TABLE tenant IN ACCESS EXCLUSIVE MODE");
      return new Lock(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public record Lock(Connection connection) implements AutoCloseable {

    public void holdsFor(Duration time) {
      await().pollDelay(time).atMost(time.plusMinutes(1)).until(() -> true);
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void change(String sql, Object... parameters) {
    try (Connection connection = Parts.postgres().dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Null where there is no row. */
  private static String one(String sql, Object... parameters) {
    List<String> rows = all(sql, parameters);
    if (rows.size() > 1) {
      throw new AssertionError("more than one row: " + rows);
    }
    return rows.isEmpty() ? null : rows.getFirst();
  }

  private static List<String> all(String sql, Object... parameters) {
    try (Connection connection = Parts.postgres().dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> values = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
