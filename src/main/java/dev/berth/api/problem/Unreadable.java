package dev.berth.api.problem;

import jakarta.ws.rs.BadRequestException;

/** A request whose body is not what is taken; the answer says why. */
public final class Unreadable extends BadRequestException {

  private static final long serialVersionUID = 1;

  private final String detail;

  public Unreadable(String detail) {
    super(detail);
    this.detail = detail;
  }

  String detail() {
    return detail;
  }
}
