package dev.berth.provisioning.intake;

import dev.berth.tenant.condition.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What became of a record.
 *
 * @param reason why it was not applied, where there is one
 */
public record Verdict(Ruling kind, @Nullable Reason reason) {

  /** For the metrics: empty where the kind says it all. */
  String why() {
    return reason == null ? "" : reason.name();
  }

  enum Ruling {
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

  static Verdict of(Ruling kind) {
    return new Verdict(kind, null);
  }
}
