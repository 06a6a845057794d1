package dev.berth.api.problem;

/** A request that must say what its caller saw, and does not. */
public final class Unconditional extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Of such a request.
   *
   * @param at where the state is read
   */
  public Unconditional(String at) {
    super("Send If-Match with the ETag of GET %s: the action is for what was seen.".formatted(at));
  }
}
