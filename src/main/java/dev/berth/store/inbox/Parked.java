package dev.berth.store.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * The requests that arrived and have no verdict yet, see {@link Inbox#park}. What writes joins the
 * caller's transaction.
 */
@ApplicationScoped
public class Parked {

  private static final String LONGEST_UNTRIED =
      """
      SELECT i.source, i.event_id AS id, i.tenant_id AS tenant, i.topic, i."partition", i."offset", i.headers, i.payload,
             i.arrived_at AS arrived, p.until
        FROM parked p JOIN inbox i USING (source, event_id) WHERE p.tried_at < :before ORDER BY p.tried_at LIMIT :limit
      """;

  private static final String NOW =
      """
      SELECT clock_timestamp()
      """;

  private static final String TAKE =
      """
      DELETE FROM parked WHERE source = :source AND event_id = :id
      """;

  private static final String TRIED =
      """
      UPDATE parked SET tried_at = clock_timestamp() WHERE source = :source AND event_id = :id
      """;

  private final Session session;

  Parked(Session session) {
    this.session = session;
  }

  /**
   * A request as it was taken in.
   *
   * @param until when it waits no longer; null = it waits for its tenant's row
   */
  public record ParkedRequest(
      EventId event, String tenant, KeptRecord kept, Instant arrived, @Nullable Instant until) {}

  /** The clock of {@link #longestUntried}. */
  @Transactional
  public Instant now() {
    return session.createNativeQuery(NOW, Instant.class).getSingleResult();
  }

  /** Those that were not tried since. */
  @Transactional
  public List<ParkedRequest> longestUntried(Instant before, int limit) {
    return session
        .createNativeQuery(LONGEST_UNTRIED, Tuple.class)
        .setParameter("before", before)
        .setParameter("limit", limit)
        .getResultStream()
        .map(Parked::request)
        .toList();
  }

  /** Takes it out for a verdict in this transaction; false = another has it, or had. */
  public boolean take(ParkedRequest request) {
    return change(TAKE, request.event()) == 1;
  }

  /** Stays parked, behind the others. */
  public void tried(ParkedRequest request) {
    change(TRIED, request.event());
  }

  private static ParkedRequest request(Tuple row) {
    return new ParkedRequest(
        new EventId(row.get("source", String.class), row.get("id", String.class)),
        row.get("tenant", String.class),
        new KeptRecord(
            row.get("topic", String.class),
            row.get("partition", Integer.class),
            row.get("offset", Long.class),
            row.get("headers", String.class),
            row.get("payload", byte[].class)),
        row.get("arrived", Instant.class),
        row.get("until", Instant.class));
  }

  private int change(String sql, EventId event) {
    return session
        .createNativeMutationQuery(sql)
        .setParameter("source", event.source())
        .setParameter("id", event.id())
        .executeUpdate();
  }
}
