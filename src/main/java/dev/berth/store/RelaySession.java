package dev.berth.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The right to publish the outbox. It lasts as long as the session in the database: any {@link
 * RelayLostException} means that it is lost, and so does a silence longer than {@link
 * StoreConfig#relayIdleTimeout}. For one thread.
 */
public final class RelaySession implements AutoCloseable {

  private static final String PENDING =
      """
      SELECT id, topic, aggregateid, agg_seq, type, key, headers, payload
        FROM outbox WHERE published_at IS NULL ORDER BY aggregateid, agg_seq, topic LIMIT ?
      """;

  private static final String PUBLISHED =
      """
      UPDATE outbox SET published_at = now() WHERE id = ANY (?) AND published_at IS NULL
      """;

  private static final String PING =
      """
      SELECT 1
      """;

  private static final String UNLOCK =
      """
      SELECT pg_advisory_unlock_all()
      """;

  private final Connection connection;

  RelaySession(Connection connection) {
    this.connection = connection;
  }

  /** The oldest messages that are not marked as published, in the order of each aggregate. */
  public List<Outbox.Message> pending(int limit) {
    try (PreparedStatement select = connection.prepareStatement(PENDING)) {
      select.setInt(1, limit);
      try (ResultSet rows = select.executeQuery()) {
        List<Outbox.Message> messages = new ArrayList<>();
        while (rows.next()) {
          messages.add(message(rows));
        }
        return messages;
      }
    } catch (SQLException e) {
      throw new RelayLostException(e);
    }
  }

  /** Marks the messages as published, for good once it returns. */
  public void published(List<UUID> ids) {
    try (PreparedStatement update = connection.prepareStatement(PUBLISHED)) {
      update.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      update.executeUpdate();
    } catch (SQLException e) {
      throw new RelayLostException(e);
    }
  }

  /** Keeps the session alive, and proves that it still is. */
  public void ping() {
    try (PreparedStatement select = connection.prepareStatement(PING)) {
      select.execute();
    } catch (SQLException e) {
      throw new RelayLostException(e);
    }
  }

  /** Gives the right back. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new RelayLostException(e);
    }
  }

  private static Outbox.Message message(ResultSet row) throws SQLException {
    return new Outbox.Message(
        row.getObject("id", UUID.class),
        row.getString("topic"),
        row.getString("aggregateid"),
        row.getLong("agg_seq"),
        row.getString("type"),
        row.getString("key"),
        Json.readMap(row.getString("headers")),
        row.getBytes("payload"));
  }
}
