package dev.berth.event.outgoing;

import java.util.Map;
import java.util.UUID;

/** An event ready to be sent: its bytes and headers are final, so that a repeat is identical. */
public record OutgoingEvent(
    UUID id, String type, String key, Map<String, String> headers, byte[] payload) {
  public OutgoingEvent {
    headers = Map.copyOf(headers);
  }
}
