package dev.berth.event.incoming;

import dev.berth.tenant.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed CloudEvent, not yet authorised.
 *
 * @param data as sent
 */
record Event(
    String source,
    String id,
    String type,
    String subject,
    @Nullable String partitionKey,
    Cause cause,
    @Nullable Instant expiry,
    byte[] data) {}
