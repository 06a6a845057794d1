package dev.berth.provisioning.intake;

/** A failure for the log: what failed and where, without words that may repeat a record. */
final class Wordless extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Wordless(Throwable failure) {
    super(
        failure.getClass().getName(),
        failure.getCause() == null ? null : new Wordless(failure.getCause()));
    setStackTrace(failure.getStackTrace());
  }
}
