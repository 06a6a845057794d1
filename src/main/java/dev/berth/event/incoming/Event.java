package dev.berth.event.incoming;

import dev.berth.tenant.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed CloudEvent, not yet authorised.
 *
 * @param attributes checked
 * @param data as sent
 */
record Event(Attributes attributes, Cause cause, @Nullable Instant expiry, byte[] data) {

  String source() {
    return attributes.required("source");
  }

  String id() {
    return attributes.required("id");
  }

  String type() {
    return attributes.required("type");
  }

  String subject() {
    return attributes.required("subject");
  }
}
