package dev.berth.cli.terminal;

/** How a command ended, for scripts. Wrong usage as picocli says it. */
public enum ExitCode {
  DONE(0),
  FAILED(1),
  USAGE(2),
  NOT_FOUND(3),
  TOO_LATE(4),
  DEAD_END(5),
  NOT_NOW(6),
  FORBIDDEN(7);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
