package dev.berth.store.quarantine;

import dev.berth.store.inbox.KeptRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that was not taken, with its content, to be read again.
 *
 * @param key null = it had none, or an older version kept it
 * @param sentAt the broker's time of it; null = an older version kept it, and not its key
 */
public record Letter(
    QuarantinedRecord record, KeptRecord kept, byte @Nullable [] key, @Nullable Instant sentAt) {}
