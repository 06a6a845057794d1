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
 * SQLException} means that it is lost, and so does a silence longer than {@link
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
  public List<Outbox.Message> pending(int limit) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PENDING)) {
      select.setInt(1, limit);
      try (ResultSet rows = select.executeQuery()) {
        List<Outbox.Message> messages = new ArrayList<>();
        while (rows.next()) {
          messages.add(message(rows));
        }
        return messages;
      }
    }
  }

  /** Marks the messages as published, for good once it returns. */
  public void published(List<UUID> ids) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(PUBLISHED)) {
      update.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      update.executeUpdate();
    }
  }

  /** Keeps the session alive, and proves that it still is. */
  public void ping() throws SQLException {
    execute(PING);
  }

  /** Gives the right back, if it was not lost. */
  @Override
  public void close() throws SQLException {
    try (connection) {
      if (connection.isValid(1)) {
        execute(UNLOCK);
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
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
