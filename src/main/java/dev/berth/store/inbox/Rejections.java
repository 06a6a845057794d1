package dev.berth.store.inbox;

import dev.berth.store.inbox.Inbox.Arrival;
import dev.berth.store.inbox.Inbox.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import org.hibernate.Session;

/** The requests that were rejected, which may be decided once more. */
@ApplicationScoped
public class Rejections {

  private static final String KNOWN =
      """
      SELECT sha256, verdict IS NOT DISTINCT FROM 'REJECTED' AS rejected
        FROM inbox WHERE source = :source AND event_id = :id
      """;

  private static final String REOPEN =
      """
      UPDATE inbox SET verdict = NULL, reason = NULL, message = NULL
       WHERE source = :source AND event_id = :id AND verdict = 'REJECTED'
      """;

  private final Session session;

  Rejections(Session session) {
    this.session = session;
  }

  /** How the request would arrive, where one that was rejected is new again. */
  @Transactional
  public Arrival look(Entry entry) {
    return session
        .createNativeQuery(KNOWN, Tuple.class)
        .setParameter("source", entry.event().source())
        .setParameter("id", entry.event().id())
        .getResultStream()
        .map(row -> arrival(row, entry))
        .findFirst()
        .orElse(Arrival.NEW);
  }

  private static Arrival arrival(Tuple row, Entry entry) {
    if (!row.get("sha256", String.class).equals(entry.sha256())) {
      return Arrival.ID_REUSED;
    }
    return row.get("rejected", Boolean.class) ? Arrival.NEW : Arrival.DUPLICATE;
  }

  /**
   * Takes back the rejection, for another verdict in the caller's transaction; false = it was not
   * rejected.
   */
  public boolean reopen(EventId event) {
    return session
            .createNativeMutationQuery(REOPEN)
            .setParameter("source", event.source())
            .setParameter("id", event.id())
            .executeUpdate()
        == 1;
  }
}
