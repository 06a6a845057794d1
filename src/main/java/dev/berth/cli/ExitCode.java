package dev.berth.cli;

/** How a command ended, for scripts. 2 = wrong usage, as picocli says it. */
enum ExitCode {
  DONE(0),
  FAILED(1),
  NOT_FOUND(3),
  TOO_LATE(4),
  DEAD_END(5),
  NOT_NOW(6),
  FORBIDDEN(7);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
