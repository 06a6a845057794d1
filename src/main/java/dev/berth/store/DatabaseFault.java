package dev.berth.store;

import java.sql.SQLException;
import java.util.Locale;

/** Why the database cannot be used, in the words of who must mend it. Pure. */
record DatabaseFault(String state, String message) {

  static DatabaseFault of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    for (Throwable behind = cause.getCause(); behind != null; behind = behind.getCause()) {
      why += " (" + behind.getMessage() + ")";
    }
    String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
    return new DatabaseFault(state == null ? "" : state, why.replaceAll("\\s+", " ").strip());
  }

  /**
   * What is wrong, where, and what to do.
   *
   * @param url without what may be secret
   */
  String at(String url, String user) {
    return url.isEmpty()
        ? "no database is named: set DATABASE_URL, or quarkus.datasource.jdbc.url, .username and"
            + " .password"
        : "%s: %s".formatted(what(url, user), message);
  }

  private String what(String url, String user) {
    if (isOfTls()) {
      return "there is no secure connection to PostgreSQL at %s, check its certificate and sslrootcert of quarkus.datasource.jdbc.url"
          .formatted(url);
    }
    if (state.startsWith("28")) {
      return "PostgreSQL at %s refuses user '%s', check quarkus.datasource.username and .password, or DATABASE_URL"
          .formatted(url, user);
    }
    return switch (state) {
      case "3D000" -> "PostgreSQL at %s has no such database, create it".formatted(url);
      case "42501" ->
          "user '%s' may not create tables in %s, make it the owner of the database"
              .formatted(user, url);
      case "08001", "08006", "08004", "57P03" ->
          "no PostgreSQL answers at %s, check that it runs, the address, and network policies"
              .formatted(url);
      case "55P03" ->
          "another session uses a table of %s that the schema needs changed, end it if it stays (pg_stat_activity, pg_locks)"
              .formatted(url);
      default -> "the schema of %s cannot be migrated".formatted(url);
    };
  }

  private boolean isOfTls() {
    String said = message.toLowerCase(Locale.ROOT);
    return state.startsWith("08") && (said.contains("ssl") || said.contains("certificate"));
  }
}
