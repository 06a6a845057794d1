package dev.berth.provisioning.intake;

import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.tenant.condition.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What became of a record.
 *
 * @param reason why it was rejected or refused
 */
record Verdict(Ruling ruling, @Nullable Reason reason) {

  static Verdict of(Ruling ruling) {
    return new Verdict(ruling, null);
  }
}
