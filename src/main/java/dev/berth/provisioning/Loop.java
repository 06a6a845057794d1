package dev.berth.provisioning;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * A thread that repeats its work until its lifetime is over. No failure ends it, not even an {@link
 * Error}: it is logged with its causes, and the next round begins after a pause, which grows while
 * rounds keep failing at once.
 */
public final class Loop {

  private static final Logger LOG = Logger.getLogger(Loop.class);
  private static final int DEEPEST_CAUSE = 5;

  /** What is done again and again; the next round begins as soon as one returns. */
  @FunctionalInterface
  public interface Round {
    void run() throws Exception;
  }

  private final Lifetime lifetime;
  private final String complaint;
  private final Backoff pauses;
  private final Round round;
  private int failures;
  private String told = "";

  private Loop(Lifetime lifetime, String complaint, Backoff pauses, Round round) {
    this.lifetime = lifetime;
    this.complaint = complaint;
    this.pauses = pauses;
    this.round = round;
  }

  /**
   * Begins at once.
   *
   * @param name of the thread
   * @param complaint says in the log what does not happen while rounds fail
   */
  public static Thread start(
      Lifetime lifetime, String name, String complaint, Backoff pauses, Round round) {
    Loop loop = new Loop(lifetime, complaint, pauses, round);
    return Thread.ofPlatform().name(name).daemon().start(loop::run);
  }

  private void run() {
    while (!lifetime.isOver()) {
      Thread.interrupted(); // may end a wait, but not the loop
      long begun = System.nanoTime();
      try {
        round.run();
        failures = 0;
        told = "";
      } catch (Throwable e) {
        boolean atOnce = System.nanoTime() - begun < pauses.most().toNanos();
        failures = atOnce ? failures + 1 : 1;
        recover(e);
      }
    }
  }

  private void recover(Throwable failure) {
    Duration pause = pauses.after(failures, ThreadLocalRandom.current().nextDouble());
    try {
      if (!lifetime.isOver()) {
        tell(failure);
      }
    } catch (Throwable e) {
      // Not even a line of the log can be written: to go on matters more.
    }
    lifetime.pause(pause);
  }

  /** A repeated failure is not news. */
  private void tell(Throwable failure) {
    String why = causes(failure);
    if (failure instanceof Error) {
      LOG.errorf(failure, "%s, trying again", complaint);
    } else {
      LOG.logf(
          why.equals(told) ? Logger.Level.DEBUG : Logger.Level.WARN,
          "%s, trying again: %s",
          complaint,
          why);
    }
    told = why;
  }

  /** A cause that the one before has named already is left out. */
  private static String causes(Throwable failure) {
    String said = failure.toString();
    Throwable cause = failure.getCause();
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (!said.contains(cause.toString())) {
        said += "; because of " + cause;
      }
      cause = cause.getCause();
    }
    return said;
  }
}
