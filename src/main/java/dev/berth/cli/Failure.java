package dev.berth.cli;

/** A command cannot do what it was asked for; the message says what is wrong and what to do. */
final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ExitCode code;

  Failure(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
