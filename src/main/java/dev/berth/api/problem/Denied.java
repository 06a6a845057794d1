package dev.berth.api.problem;

import io.quarkus.security.ForbiddenException;

/** A call that is denied, not for want of a token; the message says why and is shown. */
public final class Denied extends ForbiddenException {

  private static final long serialVersionUID = 1;

  private final String why;

  public Denied(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
