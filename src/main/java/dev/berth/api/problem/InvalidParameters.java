package dev.berth.api.problem;

import jakarta.ws.rs.BadRequestException;
import java.util.List;

/** A request with parameters that the API does not take; names all of them. */
final class InvalidParameters extends BadRequestException {

  private static final long serialVersionUID = 1;

  private final transient List<Problem.WrongParameter> errors;

  InvalidParameters(List<Problem.WrongParameter> errors) {
    this.errors = List.copyOf(errors);
  }

  List<Problem.WrongParameter> errors() {
    return errors;
  }
}
