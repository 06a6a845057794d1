package dev.berth.store.actions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import org.hibernate.Session;

/** Actions on many records that are not over. */
@ApplicationScoped
public class Unfinished {

  private static final String FOR =
      """
      SELECT * FROM action
       WHERE state = 'PENDING' AND tenant_id IS NULL AND kind IN (:kinds) AND at < now() - :age * interval '1 millisecond' ORDER BY number
      """;

  private final Session session;

  Unfinished(Session session) {
    this.session = session;
  }

  /** Those that were begun so long ago that nobody carries them out any more. */
  @Transactional
  public List<Action> olderThan(Duration age) {
    return session
        .createNativeQuery(FOR, ActionEntity.class)
        .setParameter("age", age.toMillis())
        .setParameter("kinds", ActionKind.words())
        .getResultStream()
        .map(ActionEntity::action)
        .toList();
  }
}
