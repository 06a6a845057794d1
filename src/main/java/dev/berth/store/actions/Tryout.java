package dev.berth.store.actions;

import static org.hibernate.query.QueryFlushMode.NO_FLUSH;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.hibernate.Session;

/** What an action would lead to, found out within its transaction. */
@ApplicationScoped
public class Tryout {

  private static final String BEGIN =
      """
      SAVEPOINT tryout
      """;

  private static final String UNDO =
      """
      ROLLBACK TO SAVEPOINT tryout
      """;

  private final Session session;

  Tryout(Session session) {
    this.session = session;
  }

  /**
   * The answer of {@code work}, of which nothing is left in the database, neither what it wrote by
   * SQL nor what it locked. It must not change entities.
   */
  public <T> T undone(Supplier<T> work) {
    execute(BEGIN);
    T answer = work.get();
    execute(UNDO);
    return answer;
  }

  private void execute(String sql) {
    session.createNativeMutationQuery(sql).setQueryFlushMode(NO_FLUSH).executeUpdate();
  }
}
