package dev.berth.store.actions;

import static org.hibernate.query.QueryFlushMode.NO_FLUSH;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.store.Json;
import dev.berth.store.actions.Action.State;
import dev.berth.tenant.TenantId;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * The actions, but for kinds that only a newer version knows. What writes joins the caller's
 * transaction; what reads needs none.
 */
@ApplicationScoped
public class Actions {

  private static final String ADD =
      """
      INSERT INTO action (id, kind, tenant_id, record, who, why, at, state, message, before, after, done_at, epoch,
                          idempotency_key, body_sha256)
      VALUES (:id, :kind, :tenant, :record, :who, :why, :at, :state, :message, CAST(:before AS json),
              CAST(:after AS json), :doneAt, (SELECT epoch FROM tenant WHERE tenant_id = :tenant), :key, :sha256)
      """;

  private static final String PENDING =
      """
      SELECT * FROM action
       WHERE tenant_id = :tenant AND state = 'PENDING' AND epoch < :epoch AND kind IN (:kinds) ORDER BY number
      """;

  private static final String FINISH =
      """
      UPDATE action SET state = :state, message = :message, after = CAST(:after AS json), done_at = clock_timestamp()
       WHERE id = :id AND state = 'PENDING'
      """;

  private static final String HOLD =
      """
      SELECT true FROM action WHERE id = :id AND state = 'PENDING' FOR SHARE
      """;

  private static final String TELL =
      """
      UPDATE action SET message = :message WHERE id = :id AND state = 'PENDING'
      """;

  private static final String LOCK =
      """
      SELECT pg_try_advisory_xact_lock(hashtextextended('berth.action/' || :who || '/' || :key, 0))
      """;

  private final Session session;

  Actions(Session session) {
    this.session = session;
  }

  /**
   * By which a caller says that a call is the same as one before.
   *
   * @param sha256 of the call's content
   */
  public record Once(String key, String sha256) {}

  /**
   * What is kept of an action for its caller.
   *
   * @param sha256 of the call's content
   */
  public record Kept(Action action, String sha256) {}

  /**
   * An action and where it stands among all.
   *
   * @param number rises with each
   */
  public record Numbered(long number, Action action) {}

  /** Keeps other calls of that caller with that key away; false = one is under way. */
  public boolean lock(String who, String key) {
    return session
        .createNativeQuery(LOCK, Boolean.class)
        .setParameter("who", who)
        .setParameter("key", key)
        .getSingleResult();
  }

  /** What the caller did with that key. */
  public Optional<Kept> find(String who, String key) {
    return ActionEntity.<ActionEntity>find("who = ?1 and idempotencyKey = ?2", who, key)
        .firstResultOptional()
        .map(row -> new Kept(row.action(), String.valueOf(row.bodySha256)));
  }

  /** Of one about a tenant the tenant must be locked, so that no claim of it begins meanwhile. */
  public void add(Action action, Once once) {
    Action.Result result = action.result();
    session
        .createNativeMutationQuery(ADD)
        .setParameter("id", action.id())
        .setParameter("kind", action.kind().word())
        .setParameter("tenant", action.target().tenant(), String.class)
        .setParameter("record", action.target().record(), UUID.class)
        .setParameter("who", action.author().who())
        .setParameter("why", action.author().why())
        .setParameter("at", action.author().at())
        .setParameter("state", result.state().name())
        .setParameter("message", result.message())
        .setParameter("before", text(result.before()), String.class)
        .setParameter("after", text(result.after()), String.class)
        .setParameter("doneAt", result.doneAt(), Instant.class)
        .setParameter("key", once.key())
        .setParameter("sha256", once.sha256())
        .executeUpdate();
  }

  /** Those of the tenant that are not over and are older than the claim of that epoch. */
  public List<Action> pending(TenantId tenant, long epoch) {
    return session
        .createNativeQuery(PENDING, ActionEntity.class)
        .setQueryFlushMode(NO_FLUSH)
        .setParameter("tenant", tenant.value())
        .setParameter("epoch", epoch)
        .setParameter("kinds", ActionKind.words())
        .getResultStream()
        .map(ActionEntity::action)
        .toList();
  }

  /** One that is over stays as it is. */
  public void finish(UUID action, State state, String message, JsonNode after) {
    session
        .createNativeMutationQuery(FINISH)
        .setParameter("id", action)
        .setParameter("state", state.name())
        .setParameter("message", message)
        .setParameter("after", Json.write(after))
        .executeUpdate();
  }

  /** Whether it is pending; it then stays so until the caller's transaction ends. */
  public boolean holdPending(UUID action) {
    return session
        .createNativeQuery(HOLD, Boolean.class)
        .setParameter("id", action)
        .uniqueResultOptional()
        .isPresent();
  }

  /** What a pending one waits for. */
  public void tell(Action pending, String message) {
    if (!pending.result().message().equals(message)) {
      session
          .createNativeMutationQuery(TELL)
          .setParameter("id", pending.id())
          .setParameter("message", message)
          .executeUpdate();
    }
  }

  @Transactional
  public Optional<Action> find(UUID id) {
    return ActionEntity.<ActionEntity>find("id = ?1 and kind in ?2", id, ActionKind.words())
        .firstResultOptional()
        .map(ActionEntity::action);
  }

  /** Those about the tenant, newest first, before that number. */
  @Transactional
  public List<Numbered> of(TenantId tenant, long before, int limit) {
    return ActionEntity.<ActionEntity>find(
            "tenantId = ?1 and number < ?2 and kind in ?3",
            Sort.descending("number"),
            tenant.value(),
            before,
            ActionKind.words())
        .page(0, limit)
        .stream()
        .map(row -> new Numbered(row.number, row.action()))
        .toList();
  }

  private static @Nullable String text(@Nullable JsonNode json) {
    return json == null ? null : Json.write(json);
  }
}
