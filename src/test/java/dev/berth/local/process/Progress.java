package dev.berth.local.process;

/** Hears, line by line, what a slow start is doing and how long it may still take. */
@FunctionalInterface
public interface Progress {
  void say(String line);

  /** Prints every line at once, whatever else writes to the same output. */
  static Progress toConsole() {
    return line -> {
      System.out.println("berth | " + line);
      System.out.flush();
    };
  }
}
