package dev.berth.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A record as it came from the broker; nothing in it is to be trusted. */
public record RawRecord(
    Position position,
    Instant timestamp,
    byte @Nullable [] key,
    List<Header> headers,
    byte @Nullable [] value) {

  public RawRecord {
    headers = List.copyOf(headers);
  }

  public String topic() {
    return position.topic();
  }

  /** The values of the headers of that name, as text. */
  public Stream<String> texts(String name) {
    return headers.stream().filter(header -> header.name().equals(name)).flatMap(Header::text);
  }

  /** Where a record lies in its topic. */
  public record Position(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return "%s/%d@%d".formatted(topic, partition, offset);
    }
  }

  /** One header. */
  public record Header(String name, byte @Nullable [] value) {

    /** Malformed UTF-8 becomes U+FFFD. */
    private Stream<String> text() {
      return value == null ? Stream.empty() : Stream.of(new String(value, UTF_8));
    }
  }
}
