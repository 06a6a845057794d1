package dev.berth.delivery.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * An event of Berth, or of the control plane, as it stands on a topic.
 *
 * @param cause the id of the event that it follows from; empty for one of the control plane
 */
public record StatusEvent(
    String tenant, String id, String type, String cause, Instant at, JsonNode data, String bytes) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static StatusEvent of(ConsumerRecord<byte[], byte[]> message) {
    try {
      return new StatusEvent(
          new String(message.key(), UTF_8),
          header(message, "ce_id"),
          header(message, "ce_type"),
          header(message, "ce_causationid"),
          Instant.ofEpochMilli(message.timestamp()),
          JSON.readTree(message.value()),
          allBytes(message));
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + message, e);
    }
  }

  /** By the last part of its type: {@code provisioned}. */
  public boolean is(String step) {
    return type.equals("dev.berth.tenant.%s.v1".formatted(step));
  }

  long sequence() {
    return data.path("sequence").asLong();
  }

  public int incarnation() {
    return data.path("incarnation").asInt();
  }

  private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  /** Key, headers in their order, and value. */
  private static String allBytes(ConsumerRecord<byte[], byte[]> message) {
    StringJoiner all = new StringJoiner("|");
    all.add(HexFormat.of().formatHex(message.key()));
    message.headers().forEach(it -> all.add(it.key() + "=" + HexFormat.of().formatHex(it.value())));
    return all.add(HexFormat.of().formatHex(message.value())).toString();
  }
}
