package dev.berth.provisioning.intake;

import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What became of a record.
 *
 * @param refusal why it was rejected or refused, or what it comes to if what it waits for never
 *     comes
 * @param message why it was not applied; empty where it was
 */
record Verdict(Ruling ruling, @Nullable Refusal refusal, String message) {

  static final Verdict APPLIED = new Verdict(Ruling.APPLIED, null, "");

  static Verdict of(Ruling ruling, String message) {
    return new Verdict(ruling, null, message);
  }

  static Verdict of(Ruling ruling, Refusal refusal) {
    return new Verdict(ruling, refusal, refusal.message());
  }

  @Nullable Reason reason() {
    return refusal == null ? null : refusal.reason();
  }
}
