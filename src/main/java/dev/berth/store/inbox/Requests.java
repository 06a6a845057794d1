package dev.berth.store.inbox;

import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** What became of the requests of a tenant, to read. */
@ApplicationScoped
public class Requests {

  private static final String LATEST_NOT_APPLIED =
      """
      SELECT source, event_id AS id, type, generation, coalesce(verdict, 'PARKED') AS verdict, reason, message,
             arrived_at AS arrived
        FROM inbox WHERE tenant_id = :tenant AND verdict IS DISTINCT FROM 'APPLIED'
       ORDER BY arrived_at DESC, "offset" DESC LIMIT 1
      """;

  private final Session session;

  Requests(Session session) {
    this.session = session;
  }

  /**
   * A request that was not applied, or not yet.
   *
   * @param generation 0 = not known
   * @param verdict a {@link Inbox.Ruling}, or one of a newer version
   * @param message null = of a time when none was kept
   */
  public record NotApplied(
      EventId event,
      String type,
      long generation,
      String verdict,
      @Nullable String reason,
      @Nullable String message,
      Instant arrived) {}

  /** The latest of the tenant's requests that are kept and were not applied. */
  @Transactional
  public Optional<NotApplied> latestNotApplied(TenantId tenant) {
    return session
        .createNativeQuery(LATEST_NOT_APPLIED, Tuple.class)
        .setParameter("tenant", tenant.value())
        .getResultStream()
        .map(Requests::notApplied)
        .findFirst();
  }

  private static NotApplied notApplied(Tuple row) {
    return new NotApplied(
        new EventId(row.get("source", String.class), row.get("id", String.class)),
        row.get("type", String.class),
        row.get("generation", Long.class),
        row.get("verdict", String.class),
        row.get("reason", String.class),
        row.get("message", String.class),
        row.get("arrived", Instant.class));
  }
}
