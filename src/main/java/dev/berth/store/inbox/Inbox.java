package dev.berth.store.inbox;

import dev.berth.tenant.condition.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
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
      UPDATE inbox SET verdict = :verdict, reason = :reason, message = :message
       WHERE source = :source AND event_id = :id AND verdict IS NULL
      """;

  private static final String FORGET =
      """
      DELETE FROM inbox WHERE source = :source AND event_id = :id AND verdict IS NULL
      """;

  private static final String PARK =
      """
      INSERT INTO parked (source, event_id, until) VALUES (:source, :id, :until)
      """;

  private static final String WAITS =
      """
      UPDATE inbox SET reason = :reason, message = :message WHERE source = :source AND event_id = :id
      """;

  private final Session session;

  Inbox(Session session) {
    this.session = session;
  }

  /** What became of a record; the last three are no verdicts on a request of the inbox. */
  public enum Ruling {
    APPLIED,
    STALE,
    EXPIRED,
    NOT_OURS,
    REJECTED,
    DUPLICATE,
    /** Its verdict waits for something: see {@link #park}. */
    PARKED,
    REFUSED
  }

  /** A request and its tenant. */
  public record Entry(EventId event, String sha256, String type, String tenant, long generation) {}

  /** Whether a request is met for the first time. */
  public enum Arrival {
    NEW,
    DUPLICATE,
    ID_REUSED
  }

  /**
   * Inserts the request unless its source and id are known. Waits for a transaction that is
   * inserting the same.
   *
   * @param kept the record that it came in
   */
  public Arrival arrive(Entry entry, KeptRecord kept) {
    int inserted =
        change(ARRIVE, entry.event())
            .setParameter("sha256", entry.sha256())
            .setParameter("type", entry.type())
            .setParameter("tenant", entry.tenant())
            .setParameter("generation", entry.generation())
            .setParameter("topic", kept.topic())
            .setParameter("partition", kept.partition())
            .setParameter("offset", kept.offset())
            .setParameter("headers", kept.headers())
            .setParameter("payload", kept.payload())
            .executeUpdate();
    if (inserted == 1) {
      return Arrival.NEW;
    }
    String known =
        session
            .createNativeQuery(KNOWN, String.class)
            .setParameter("source", entry.event().source())
            .setParameter("id", entry.event().id())
            .getSingleResult();
    return entry.sha256().equals(known) ? Arrival.DUPLICATE : Arrival.ID_REUSED;
  }

  /**
   * Completes the request that {@link #arrive} inserted in this transaction.
   *
   * @param reason of a rejection
   * @param message why it was not applied
   */
  public void decide(EventId event, Ruling ruling, @Nullable Reason reason, String message) {
    int decided =
        change(DECIDE, event)
            .setParameter("verdict", ruling.name())
            .setParameter("reason", reason == null ? null : reason.name(), String.class)
            .setParameter("message", message)
            .executeUpdate();
    if (decided != 1) {
      throw new IllegalStateException(
          "request %s of %s did not arrive, or was decided before"
              .formatted(event.id(), event.source()));
    }
  }

  /**
   * Leaves the request that {@link #arrive} inserted without a verdict, to be decided later.
   *
   * @param until when it waits no longer; null = what is stored of its tenant cannot be read, and
   *     it waits until it can
   * @param reason what it comes to then
   * @param message what it waits for
   */
  public void park(
      EventId event, @Nullable Instant until, @Nullable Reason reason, String message) {
    change(PARK, event).setParameter("until", until, Instant.class).executeUpdate();
    change(WAITS, event)
        .setParameter("reason", reason == null ? null : reason.name(), String.class)
        .setParameter("message", message)
        .executeUpdate();
  }

  /** Its id may be used again: a request that has no verdict and never gets one. */
  public void forget(EventId undecided) {
    change(FORGET, undecided).executeUpdate();
  }

  private MutationQuery change(String sql, EventId event) {
    return session
        .createNativeMutationQuery(sql)
        .setParameter("source", event.source())
        .setParameter("id", event.id());
  }
}
