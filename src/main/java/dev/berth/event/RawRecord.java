package dev.berth.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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

  /** The values of the headers of that name, as text. */
  public Stream<String> texts(String name) {
    return headers.stream().filter(header -> header.name().equals(name)).flatMap(Header::text);
  }

  /** One header. */
  public record Header(String name, byte @Nullable [] value) {

    /** Malformed UTF-8 becomes U+FFFD. */
    private Stream<String> text() {
      return value == null ? Stream.empty() : Stream.of(new String(value, UTF_8));
    }
  }
}
