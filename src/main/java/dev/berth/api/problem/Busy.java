package dev.berth.api.problem;

/** A request for work of which others have all that may be done at a time. */
public final class Busy extends RuntimeException {

  private static final long serialVersionUID = 1;

  public Busy(int most) {
    super("%d of these are under way, as many as may be at a time. Try again.".formatted(most));
  }
}
