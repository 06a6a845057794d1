package dev.berth.local.process;

/** Test JVMs side by side. */
public final class Fork {
  /** Which of them this is, from 1 on; 0 where none run beside it. */
  public static final int NUMBER = Integer.parseInt(System.getProperty("berth.test.fork", "0"));

  private Fork() {}
}
