package dev.berth.event.incoming;

import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;

/** Ends the decoding of a record at the first check that it does not pass. */
final class Unacceptable extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  Unacceptable(Reason reason, String message) {
    this(new Refusal(reason, message));
  }

  Unacceptable(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
