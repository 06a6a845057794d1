package dev.berth.store.quarantine;

import dev.berth.store.Json;
import dev.berth.store.quarantine.QuarantinedRecord.RecordState;
import dev.berth.tenant.condition.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * What became of the records that were not taken. What writes or locks joins the caller's
 * transaction.
 */
@ApplicationScoped
public class Settlements {

  private static final String FIND =
      """
      SELECT * FROM refused WHERE id = :id
      """;

  private static final String LOCK =
      """
      SELECT * FROM refused WHERE id = :id FOR UPDATE
      """;

  private static final String SETTLE =
      """
      UPDATE refused SET state = :state, verdict = :verdict, answer = :answer, action = :action, acted_at = now()
       WHERE id = :id AND state = 'open'
      """;

  private static final String BECAUSE =
      """
      UPDATE refused SET reason = :reason, message = :message, errors = CAST(:errors AS json) WHERE id = :id
      """;

  private static final String RESULTS =
      """
      SELECT coalesce(verdict, upper(state)) AS result, count(*) AS records
        FROM refused WHERE action = :action GROUP BY 1 ORDER BY 1
      """;

  private static final String READ_ONLY =
      """
      SET TRANSACTION READ ONLY
      """;

  private final Session session;

  Settlements(Session session) {
    this.session = session;
  }

  /**
   * What an action did about a record.
   *
   * @param state open = it was not taken again
   * @param verdict of a replay
   * @param answer of a replay, in words
   */
  public record Handling(
      RecordState state, @Nullable String verdict, @Nullable String answer, UUID action) {}

  /** Whatever is written by the caller's transaction fails. */
  public void forbidWrites() {
    session.createNativeMutationQuery(READ_ONLY).executeUpdate();
  }

  @Transactional
  public Optional<Letter> find(UUID id) {
    return letter(FIND, id);
  }

  /** Nobody else settles it before the caller's transaction ends. */
  public Optional<Letter> lock(UUID id) {
    return letter(LOCK, id);
  }

  /** True if it was open until now; else nothing is changed. */
  public boolean settle(UUID id, Handling handling) {
    return session
            .createNativeMutationQuery(SETTLE)
            .setParameter("id", id)
            .setParameter("state", handling.state().word())
            .setParameter("verdict", handling.verdict(), String.class)
            .setParameter("answer", handling.answer(), String.class)
            .setParameter("action", handling.action())
            .executeUpdate()
        == 1;
  }

  /** How many records the action was the latest to take care of, by what came of it. */
  public Map<String, Long> results(UUID action) {
    Map<String, Long> results = new TreeMap<>();
    session
        .createNativeQuery(RESULTS, Tuple.class)
        .setParameter("action", action)
        .getResultStream()
        .forEach(
            row -> results.put(row.get("result", String.class), row.get("records", Long.class)));
    return results;
  }

  /** Why it is not taken now. */
  public void because(UUID id, Refusal refusal) {
    session
        .createNativeMutationQuery(BECAUSE)
        .setParameter("id", id)
        .setParameter("reason", refusal.reason().name())
        .setParameter("message", refusal.message())
        .setParameter("errors", Json.write(refusal.errors()))
        .executeUpdate();
  }

  private Optional<Letter> letter(String sql, UUID id) {
    return session
        .createNativeQuery(sql, Tuple.class)
        .setParameter("id", id)
        .getResultStream()
        .map(QuarantineRow::letter)
        .findFirst();
  }
}
