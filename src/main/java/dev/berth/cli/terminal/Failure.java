package dev.berth.cli.terminal;

/** A command cannot do what it was asked for; the message says what is wrong and what to do. */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ExitCode code;

  public Failure(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  public ExitCode code() {
    return code;
  }
}
