package dev.berth.provisioning.actions;

import dev.berth.tenant.Tenant;

/** An action is not taken; the message says why and what to do, and is shown to the caller. */
public final class ActionRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Why why;

  public ActionRefused(Why why, String message) {
    super(message);
    this.why = why;
  }

  /** Of an action that the tenant is in no state for. */
  public static ActionRefused notPossible(Tenant tenant, String why) {
    return new ActionRefused(
        Why.NOT_POSSIBLE, "Tenant %s is %s: %s.".formatted(tenant.id(), tenant.phase(), why));
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
