package dev.berth.catalogue.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** The errors of one file as they are found. */
public final class PlanErrors {

  private final String file;
  private final List<PlanError> errors = new ArrayList<>();

  public PlanErrors(String file) {
    this.file = file;
  }

  void add(Optional<Mark> mark, String field, String message) {
    errors.add(new PlanError(file, line(mark), field, message));
  }

  public int count() {
    return errors.size();
  }

  public List<PlanError> list() {
    return errors;
  }

  static int line(Optional<Mark> mark) {
    return mark.map(m -> m.getLine() + 1).orElse(0);
  }
}
