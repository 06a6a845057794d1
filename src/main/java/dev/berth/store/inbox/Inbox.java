package dev.berth.store.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.jspecify.annotations.Nullable;

/** The requests that were decided, once each. */
@ApplicationScoped
public class Inbox {

  /** Waits for an uncommitted twin: if it commits no row is inserted, if it rolls back one is. */
  private static final String ARRIVE =
      """
      INSERT INTO inbox (source, event_id, sha256, type, tenant_id, generation, topic, "partition", "offset",
                         headers, payload)
      VALUES (:source, :id, :sha256, :type, :tenant, :generation, :topic, :partition, :offset, :headers, :payload)
          ON CONFLICT (source, event_id) DO NOTHING
      """;

  private static final String KNOWN =
      """
      SELECT sha256 FROM inbox WHERE source = :source AND event_id = :id
      """;

  private static final String DECIDE =
      """
      UPDATE inbox SET verdict = :verdict, reason = :reason
       WHERE source = :source AND event_id = :id AND verdict IS NULL
      """;

  private static final String PARK =
      """
      INSERT INTO parked (source, event_id) VALUES (:source, :id)
      """;

  private final Session session;

  Inbox(Session session) {
    this.session = session;
  }

  /** What became of a request. */
  public enum InboxVerdict {
    APPLIED,
    STALE,
    EXPIRED,
    NOT_OURS,
    REJECTED
  }

  /**
   * A request, where it lay, and its tenant.
   *
   * @param headers JSON
   */
  public record Entry(
      String source,
      String id,
      String sha256,
      String type,
      String tenant,
      long generation,
      Position position,
      String headers,
      byte[] payload) {}

  /** Where a record lies. */
  public record Position(String topic, int partition, long offset) {}

  /** Whether a request is met for the first time. */
  public enum Arrival {
    NEW,
    DUPLICATE,
    ID_REUSED
  }

  /**
   * Inserts the request unless its source and id are known. Waits for a transaction that is
   * inserting the same.
   */
  public Arrival arrive(Entry entry) {
    int inserted =
        change(ARRIVE, entry)
            .setParameter("sha256", entry.sha256())
            .setParameter("type", entry.type())
            .setParameter("tenant", entry.tenant())
            .setParameter("generation", entry.generation())
            .setParameter("topic", entry.position().topic())
            .setParameter("partition", entry.position().partition())
            .setParameter("offset", entry.position().offset())
            .setParameter("headers", entry.headers())
            .setParameter("payload", entry.payload())
            .executeUpdate();
    if (inserted == 1) {
      return Arrival.NEW;
    }
    String known =
        session
            .createNativeQuery(KNOWN, String.class)
            .setParameter("source", entry.source())
            .setParameter("id", entry.id())
            .getSingleResult();
    return entry.sha256().equals(known) ? Arrival.DUPLICATE : Arrival.ID_REUSED;
  }

  /**
   * Completes the request that {@link #arrive} inserted in this transaction.
   *
   * @param reason of a rejection
   */
  public void decide(Entry entry, InboxVerdict verdict, @Nullable String reason) {
    int decided =
        change(DECIDE, entry)
            .setParameter("verdict", verdict.name())
            .setParameter("reason", reason, String.class)
            .executeUpdate();
    if (decided != 1) {
      throw new IllegalStateException(
          "request %s of %s did not arrive, or was decided before"
              .formatted(entry.id(), entry.source()));
    }
  }

  /** Leaves the request that {@link #arrive} inserted without a verdict, to be decided later. */
  public void park(Entry entry) {
    change(PARK, entry).executeUpdate();
  }

  private MutationQuery change(String sql, Entry entry) {
    return session
        .createNativeMutationQuery(sql)
        .setParameter("source", entry.source())
        .setParameter("id", entry.id());
  }
}
