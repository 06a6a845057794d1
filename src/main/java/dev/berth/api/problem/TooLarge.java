package dev.berth.api.problem;

/** A request whose body is longer than any that the API takes. */
public final class TooLarge extends RuntimeException {

  private static final long serialVersionUID = 1;

  public TooLarge(int most) {
    super("The body is larger than %d bytes, the most that the API takes.".formatted(most));
  }
}
