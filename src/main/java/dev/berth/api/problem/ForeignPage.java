package dev.berth.api.problem;

import io.quarkus.security.ForbiddenException;

/** A browser may have been made to call by a page that is not Berth's; the message is shown. */
public final class ForeignPage extends ForbiddenException {

  private static final long serialVersionUID = 1;

  private final String why;

  public ForeignPage(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
