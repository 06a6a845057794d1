package dev.berth.api.problem;

import jakarta.ws.rs.NotFoundException;

/** What was asked for is not there, and the answer says what that is. */
public final class NothingThere extends NotFoundException {

  private static final long serialVersionUID = 1;

  private final String detail;

  public NothingThere(String detail) {
    super(detail);
    this.detail = detail;
  }

  String detail() {
    return detail;
  }
}
