package dev.berth.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Distinguishes bad data (do not retry) from an unavailable database (retry). */
public final class DataFault {

  private DataFault() {}

  /**
   * True if trying again is of no use: the data or the program is at fault, not the state of the
   * database.
   */
  public static boolean caused(Throwable failure) {
    SQLException sql = sqlException(failure);
    if (sql == null) {
      return !isOfTransaction(failure);
    }
    String state = sql.getSQLState();
    return state != null
        && (state.startsWith("22") || state.startsWith("23") || state.startsWith("42"));
  }

  private static @Nullable SQLException sqlException(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  /**
   * A transaction manager wraps an outage of the connection without always naming it as its cause.
   */
  private static boolean isOfTransaction(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String type = t.getClass().getName();
      if (type.startsWith("jakarta.transaction.")
          || type.startsWith("io.quarkus.narayana.")
          || type.startsWith("org.hibernate.exception.")) {
        return true;
      }
    }
    return false;
  }
}
