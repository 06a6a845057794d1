package dev.berth.store.outbox;

import dev.berth.store.Json;
import java.io.UncheckedIOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to publish the outbox. It lasts as long as the session in the database: any {@link
 * RelayLostException} means that it is lost, and so does a silence longer than {@code
 * berth.store.relay-idle-timeout}. For one thread.
 */
public final class RelaySession implements AutoCloseable {

  private static final String MESSAGE =
      "m.id, m.topic, m.aggregateid, m.agg_seq, m.type, m.key, m.headers, m.payload";

  /** Each topic is read separately, so that one that is held costs nothing, however much waits. */
  private static final String PENDING =
      """
      WITH RECURSIVE topics (topic) AS (
        (SELECT topic FROM outbox WHERE published_at IS NULL AND set_aside_at IS NULL ORDER BY topic LIMIT 1)
        UNION ALL
        SELECT (SELECT o.topic FROM outbox o
                 WHERE o.published_at IS NULL AND o.set_aside_at IS NULL AND o.topic > t.topic ORDER BY o.topic LIMIT 1)
          FROM topics t WHERE t.topic IS NOT NULL)
      SELECT %s,
             EXISTS (SELECT FROM outbox b
                      WHERE b.topic = m.topic AND b.aggregateid = m.aggregateid AND b.agg_seq < m.agg_seq
                        AND b.published_at IS NULL AND b.set_aside_at IS NOT NULL) AS behind
        FROM (SELECT next.id
                FROM topics t CROSS JOIN LATERAL (
                  SELECT o.id, o.turn FROM outbox o
                   WHERE o.topic = t.topic AND o.published_at IS NULL AND o.set_aside_at IS NULL
                   ORDER BY o.turn LIMIT ?) next
               WHERE t.topic <> ALL (?) ORDER BY next.turn LIMIT ?) first
        JOIN outbox m USING (id) ORDER BY m.turn
      """
          .formatted(MESSAGE);

  private static final String PUBLISHED =
      """
      UPDATE outbox SET published_at = now() WHERE id = ANY (?) AND published_at IS NULL
      """;

  /** Those after it wait behind it. */
  private static final String SET_ASIDE =
      """
      UPDATE outbox SET set_aside_at = now(), failure = CASE WHEN id = ? THEN ? END
       WHERE topic = ? AND aggregateid = ? AND agg_seq >= ? AND published_at IS NULL
         AND (set_aside_at IS NULL OR id = ?)
      """;

  /** The first that waits of each topic and aggregate, whether it failed or lost what did. */
  private static final String SET_ASIDE_SINCE =
      """
      SELECT %s, false AS behind
        FROM (SELECT id, topic, set_aside_at
                FROM (SELECT DISTINCT ON (topic, aggregateid) id, topic, set_aside_at FROM outbox
                       WHERE published_at IS NULL AND set_aside_at IS NOT NULL
                       ORDER BY topic, aggregateid, agg_seq) heads
               WHERE set_aside_at <= now() - ? * interval '1 millisecond' AND topic <> ALL (?)
               ORDER BY set_aside_at LIMIT ?) due
        JOIN outbox m USING (id) ORDER BY due.set_aside_at
      """
          .formatted(MESSAGE);

  /** In one statement, so that what waited behind it is never left without it. */
  private static final String PUBLISHED_AFTER_ALL =
      """
      WITH done AS (
        UPDATE outbox SET published_at = now() WHERE id = ? AND published_at IS NULL)
      UPDATE outbox SET set_aside_at = NULL, failure = NULL
       WHERE topic = ? AND aggregateid = ? AND agg_seq > ? AND published_at IS NULL AND set_aside_at IS NOT NULL
      """;

  private static final String COUNT_SET_ASIDE =
      """
      SELECT count(*) FROM outbox WHERE published_at IS NULL AND set_aside_at IS NOT NULL
      """;

  private static final String PING =
      """
      SELECT 1
      """;

  private final Connection connection;

  RelaySession(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param behind whether one before it was set aside
   * @param fault why it cannot be sent as it is stored, null = it can
   */
  private record Candidate(Outbox.Message message, boolean behind, @Nullable String fault) {
    boolean isSendable() {
      return !behind && fault == null;
    }
  }

  /**
   * The oldest messages that are not marked as published, in the order of each aggregate. Left out
   * is what was set aside, and what comes after it of the same topic and aggregate.
   *
   * @param held topics that are left out
   */
  public List<Outbox.Message> pending(int limit, Collection<String> held) {
    List<Candidate> found = readPending(limit, held);
    while (!found.stream().allMatch(Candidate::isSendable)) {
      setAside(found);
      found = readPending(limit, held);
    }
    return found.stream().map(Candidate::message).toList();
  }

  private List<Candidate> readPending(int limit, Collection<String> held) {
    return read(
        PENDING,
        select -> {
          select.setInt(1, limit);
          select.setArray(2, texts(held));
          select.setInt(3, limit);
        });
  }

  private void setAside(List<Candidate> found) {
    found.stream()
        .filter(f -> !f.isSendable())
        .forEach(f -> setAside(f.message(), f.behind() ? null : f.fault()));
  }

  /** Marks the messages as published, for good once it returns. */
  public void published(List<UUID> ids) {
    change(PUBLISHED, update -> update.setArray(1, uuids(ids)));
  }

  /** Neither it nor what comes after it of its topic and aggregate is pending any more. */
  public void setAside(Outbox.Message message, @Nullable String failure) {
    change(
        SET_ASIDE,
        update -> {
          update.setObject(1, message.id());
          update.setString(2, failure);
          update.setString(3, message.place().topic());
          update.setString(4, message.place().aggregate());
          update.setLong(5, message.place().sequence());
          update.setObject(6, message.id());
        });
  }

  /**
   * The first of each topic and aggregate that were set aside, those untried for longest first.
   *
   * @param rest how long ago they must have been tried
   */
  public List<Outbox.Message> setAsideFor(Duration rest, int limit, Collection<String> held) {
    List<Candidate> found =
        read(
            SET_ASIDE_SINCE,
            select -> {
              select.setLong(1, rest.toMillis());
              select.setArray(2, texts(held));
              select.setInt(3, limit);
            });
    setAside(found);
    return found.stream().filter(Candidate::isSendable).map(Candidate::message).toList();
  }

  /** Marks a message that was set aside as published; what waited behind it is pending again. */
  public void publishedAfterAll(Outbox.Message message) {
    change(
        PUBLISHED_AFTER_ALL,
        update -> {
          update.setObject(1, message.id());
          update.setString(2, message.place().topic());
          update.setString(3, message.place().aggregate());
          update.setLong(4, message.place().sequence());
        });
  }

  /** How many messages are set aside, those that wait behind others included. */
  public long countSetAside() {
    try (PreparedStatement select = connection.prepareStatement(COUNT_SET_ASIDE);
        ResultSet count = select.executeQuery()) {
      count.next();
      return count.getLong(1);
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

  private interface Binder {
    void set(PreparedStatement statement) throws SQLException;
  }

  private void change(String sql, Binder parameters) {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      parameters.set(update);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new RelayLostException(e);
    }
  }

  private List<Candidate> read(String sql, Binder parameters) {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      parameters.set(select);
      try (ResultSet rows = select.executeQuery()) {
        List<Candidate> found = new ArrayList<>();
        while (rows.next()) {
          found.add(found(rows));
        }
        return found;
      }
    } catch (SQLException e) {
      throw new RelayLostException(e);
    }
  }

  private static Candidate found(ResultSet row) throws SQLException {
    boolean behind = row.getBoolean("behind");
    try {
      return new Candidate(message(row, Json.readMap(row.getString("headers"))), behind, null);
    } catch (UncheckedIOException e) {
      return new Candidate(message(row, Map.of()), behind, "its headers cannot be read: " + e);
    }
  }

  private static Outbox.Message message(ResultSet row, Map<String, String> headers)
      throws SQLException {
    return new Outbox.Message(
        row.getObject("id", UUID.class),
        row.getString("type"),
        new Outbox.Place(
            row.getString("topic"), row.getString("aggregateid"), row.getLong("agg_seq")),
        new Outbox.Content(row.getString("key"), headers, row.getBytes("payload")));
  }

  private Array texts(Collection<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  private Array uuids(List<UUID> ids) throws SQLException {
    return connection.createArrayOf("uuid", ids.toArray());
  }
}
