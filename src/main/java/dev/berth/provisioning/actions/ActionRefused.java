package dev.berth.provisioning.actions;

/** An action is not taken; the message says why and what to do, and is shown to the caller. */
public final class ActionRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Why why;

  public ActionRefused(Why why, String message) {
    super(message);
    this.why = why;
  }

  public Why why() {
    return why;
  }

  /** What keeps it from being taken. */
  public enum Why {
    /** What it is about is not there. */
    NOT_THERE,
    /** What it is about is not in a state for it. */
    NOT_POSSIBLE,
    /** What it is about has changed since it was seen. */
    CHANGED,
    /** The caller used the key for something else. */
    KEY_REUSED,
    /** The same is under way. */
    UNDER_WAY
  }
}
