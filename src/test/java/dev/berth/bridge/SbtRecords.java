package dev.berth.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Header;
import dev.berth.event.RawRecord.Position;
import dev.berth.messaging.Parcel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records as they lie on the topics between SBT and Berth. */
final class SbtRecords {

  static final Instant ARRIVAL = Instant.parse("2026-11-30T18:00:07Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private SbtRecords() {}

  /** An event as SBT puts it on its bus: {@code onboarding-request}. */
  static ObjectNode event(String name) {
    try (InputStream file =
        SbtRecords.class.getResourceAsStream("/bridge/sbt/%s.json".formatted(name))) {
      return (ObjectNode) JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RawRecord request(byte[] value) {
    return new RawRecord(new Position("sbt.requests", 0, 17), ARRIVAL, null, List.of(), value);
  }

  static RawRecord request(JsonNode event) {
    return request(event.toString().getBytes(UTF_8));
  }

  /** As Berth reads what was sent. */
  static RawRecord sent(Parcel parcel) {
    return record(parcel.topic(), parcel.key(), parcel.headers(), parcel.value());
  }

  static RawRecord record(String topic, String key, Map<String, String> headers, byte[] value) {
    return new RawRecord(
        new Position(topic, 0, 1),
        ARRIVAL,
        key.getBytes(UTF_8),
        headers.entrySet().stream()
            .map(it -> new Header(it.getKey(), it.getValue().getBytes(UTF_8)))
            .toList(),
        value);
  }

  static JsonNode json(Parcel parcel) {
    return json(new String(parcel.value(), UTF_8));
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
