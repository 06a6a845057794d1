package dev.berth.store.search;

import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of what happened to a tenant, newest first: its steps, its requests, what people did
 * to it.
 */
@ApplicationScoped
public class TimelineRows {

  /** A step is after the request of the same moment: that is what it follows from. */
  private static final String BEFORE =
      """
      SELECT happened.* FROM (
        SELECT created_at AS at, 'step' AS kind, lpad(CAST(agg_seq AS text), 19, '0') AS place, type, payload,
               NULL AS source, NULL AS verdict, NULL AS reason, NULL AS message, 0 AS generation
          FROM outbox WHERE topic = :topic AND aggregateid = :tenant AND created_at <= :at
        UNION ALL
        SELECT arrived_at, 'request', event_id, type, NULL, source, coalesce(verdict, 'PARKED'), reason, message, generation
          FROM inbox WHERE tenant_id = :tenant AND arrived_at <= :at
        UNION ALL
        SELECT at, 'action', CAST(id AS text), kind, NULL, who, state, why, message, 0
          FROM action WHERE tenant_id = :tenant AND at <= :at) happened
       WHERE (at, kind, place) < (:at, :kind, :place)
       ORDER BY at DESC, kind DESC, place DESC LIMIT :limit
      """;

  private final Session session;

  TimelineRows(Session session) {
    this.session = session;
  }

  /**
   * Where something stands in the order of all that happened to a tenant.
   *
   * @param id of a request's event or of an action, or the number of a step
   */
  public record Moment(Instant at, String kind, String id) {
    public static final Moment NOW = new Moment(Instant.parse("9999-12-31T00:00:00Z"), "", "");
  }

  /**
   * A step, a request or an action.
   *
   * @param payload of a step; null = it is another
   * @param handling of another; null = it is a step
   */
  public record Happening(
      Moment moment, String type, byte @Nullable [] payload, @Nullable Treatment handling) {}

  /**
   * What became of a request or an action.
   *
   * @param source of the request, or who acted
   * @param verdict on the request, or the state of the action
   * @param reason of the verdict, or why somebody acted
   * @param generation 0 = not known
   */
  public record Treatment(
      String source,
      String verdict,
      @Nullable String reason,
      @Nullable String message,
      long generation) {}

  /**
   * At most {@code limit} of what happened before.
   *
   * @param topic of the steps
   */
  @Transactional
  public List<Happening> before(Moment moment, String topic, TenantId tenant, int limit) {
    return session
        .createNativeQuery(BEFORE, Tuple.class)
        .setParameter("topic", topic)
        .setParameter("tenant", tenant.value())
        .setParameter("at", moment.at())
        .setParameter("kind", moment.kind())
        .setParameter("place", moment.id())
        .setParameter("limit", limit)
        .getResultStream()
        .map(TimelineRows::happening)
        .toList();
  }

  private static Happening happening(Tuple row) {
    String source = row.get("source", String.class);
    return new Happening(
        new Moment(
            row.get("at", Instant.class),
            row.get("kind", String.class),
            row.get("place", String.class)),
        row.get("type", String.class),
        row.get("payload", byte[].class),
        source == null ? null : handling(source, row));
  }

  private static Treatment handling(String source, Tuple row) {
    return new Treatment(
        source,
        row.get("verdict", String.class),
        row.get("reason", String.class),
        row.get("message", String.class),
        row.get("generation", Long.class));
  }
}
