package dev.berth.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record as it came from the broker; nothing in it is to be trusted. */
public record RawRecord(
    String topic,
    int partition,
    long offset,
    Instant timestamp,
    byte @Nullable [] key,
    List<Header> headers,
    byte @Nullable [] value) {

  public RawRecord {
    headers = List.copyOf(headers);
  }

  public record Header(String name, byte @Nullable [] value) {}
}
