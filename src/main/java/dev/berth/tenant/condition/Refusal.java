package dev.berth.tenant.condition;

import java.util.List;

/**
 * Why a record, or the request in it, is not taken. The same from the check that failed to the
 * inbox, the quarantine, the tenant's condition and the events that tell of it.
 *
 * @param message what is wrong, where, and what to do
 * @param errors all that is wrong in the data, if the data were looked at
 */
public record Refusal(Reason reason, String message, List<Fault> errors) {

  private static final int LONGEST_MESSAGE = 1024;
  private static final int MOST_ERRORS = 100;

  public Refusal {
    message = Brief.message(message, LONGEST_MESSAGE);
    errors = List.copyOf(errors.subList(0, Math.min(errors.size(), MOST_ERRORS)));
  }

  public Refusal(Reason reason, String message) {
    this(reason, message, List.of());
  }

  /** For one fault. */
  public static Refusal at(String pointer, Reason reason, String message) {
    return new Refusal(reason, message, List.of(new Fault(pointer, reason, message)));
  }

  /**
   * One fault.
   *
   * @param pointer RFC 6901, into the data
   */
  public record Fault(String pointer, Reason reason, String detail) {
    private static final int LONGEST = 512;

    public Fault {
      pointer = Brief.of(pointer, LONGEST);
      detail = Brief.of(detail, LONGEST);
    }
  }
}
