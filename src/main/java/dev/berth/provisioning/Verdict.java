package dev.berth.provisioning;

import dev.berth.tenant.Reason;
import org.jspecify.annotations.Nullable;

/** What became of a record. @param reason why it was not applied, where there is one */
record Verdict(Kind kind, @Nullable Reason reason) {

  enum Kind {
    APPLIED,
    STALE,
    DUPLICATE,
    NOT_OURS,
    EXPIRED,
    REJECTED,
    /** Its verdict waits for its tenant, whose row cannot be read. */
    PARKED,
    REFUSED
  }

  static Verdict of(Kind kind) {
    return new Verdict(kind, null);
  }
}
