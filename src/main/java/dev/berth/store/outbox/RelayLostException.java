package dev.berth.store.outbox;

import java.sql.SQLException;

/** The session of the relay is broken, and with it the right to publish. */
public final class RelayLostException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RelayLostException(SQLException cause) {
    super("the relay lost its session in the database: " + cause.getMessage(), cause);
  }
}
