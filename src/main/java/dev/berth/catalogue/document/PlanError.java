package dev.berth.catalogue.document;

/**
 * What is wrong in a plan document, and where.
 *
 * @param line from 1; 0 = the file as a whole
 * @param field JSON pointer into the document; empty = the document as a whole
 */
public record PlanError(String file, int line, String field, String message) {

  @Override
  public String toString() {
    String where = line == 0 ? file : file + ":" + line;
    return where + (field.isEmpty() ? "" : " " + field) + ": " + message;
  }
}
