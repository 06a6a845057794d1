package dev.berth.api.live;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jspecify.annotations.Nullable;

/**
 * What a stream sends.
 *
 * @param name null = a comment, by which a silent stream is told from a dead one
 * @param id from which a reader may go on
 */
record LiveEvent(@Nullable String name, @Nullable String id, String data) {

  static final LiveEvent HEARTBEAT = new LiveEvent(null, null, "");

  /** Steps between two sequences are not kept, or are of another database. */
  static LiveEvent gap(long after, long next) {
    return new LiveEvent("gap", null, "{\"after\":%d,\"next\":%d}".formatted(after, next));
  }

  static LiveEvent changed(String tenant) {
    return new LiveEvent("tenant-changed", null, tenant);
  }

  OutboundSseEvent written(Sse sse) {
    OutboundSseEvent.Builder event = sse.newEventBuilder();
    if (name == null) {
      return event.comment(data).build();
    }
    if (id != null) {
      event.id(id);
    }
    return event.name(name).data(data).build();
  }
}
