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
public record LiveEvent(@Nullable String name, @Nullable String id, String data) {

  static final LiveEvent HEARTBEAT = new LiveEvent(null, null, "");

  /** From now on hints are sent: whoever reads after it knows all that came before. */
  static final LiveEvent LISTENING = new LiveEvent("listening", null, "all tenants");

  /** Steps between two sequences are not kept, or are of another database. */
  static LiveEvent gap(long after, long next) {
    return new LiveEvent("gap", null, "{\"after\":%d,\"next\":%d}".formatted(after, next));
  }

  static LiveEvent changed(String tenant) {
    return new LiveEvent("tenant-changed", null, tenant);
  }

  /** That something happened, for a reader who looks itself; its id stays. */
  LiveEvent asHint() {
    return name == null
        ? new LiveEvent("alive", null, "-")
        : new LiveEvent("changed", id, "-"); // browsers pass over an event without data
  }

  public OutboundSseEvent written(Sse sse) {
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
