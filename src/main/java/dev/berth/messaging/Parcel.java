package dev.berth.messaging;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record to be sent. */
public record Parcel(
    String topic, String key, Map<String, String> headers, byte @Nullable [] value) {
  public Parcel {
    headers = Map.copyOf(headers);
  }
}
