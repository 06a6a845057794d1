package dev.berth.journey.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** A record to be sent to Berth, good or bad, byte by byte. */
public record Letter(Integer partition, byte[] key, List<Header> headers, byte[] value) {

  /** A CloudEvent in binary mode, as it should be. */
  public static Letter event(String type, String tenant, String data) {
    return new Letter(null, tenant.getBytes(UTF_8), List.of(), data.getBytes(UTF_8))
        .also("ce_specversion", "1.0")
        .also("ce_id", UUID.randomUUID().toString())
        .also("ce_source", "/control-plane")
        .also("ce_type", "dev.berth.tenant." + type)
        .also("ce_subject", tenant)
        .also("content-type", "application/json");
  }

  /** A CloudEvent that is all value, with a trace and a correlation of its own. */
  public static Letter structured(String tenant, String trace, String data) {
    String value =
        Stage.quoted(
            """
            {'specversion': '1.0', 'id': '%s', 'source': '/control-plane', 'subject': '%s',
             'type': 'dev.berth.tenant.created.v1', 'correlationid': 'order-66',
             'traceparent': '00-%s-00f067aa0ba902b7-01', 'data': %s}\
            """
                .formatted(UUID.randomUUID(), tenant, trace, data));
    return new Letter(null, tenant.getBytes(UTF_8), List.of(), value.getBytes(UTF_8))
        .also("content-type", "application/cloudevents+json; charset=UTF-8");
  }

  public Letter on(int number) {
    return new Letter(number, key, headers, value);
  }

  public Letter key(String text) {
    return new Letter(partition, text == null ? null : text.getBytes(UTF_8), headers, value);
  }

  public Letter value(byte[] bytes) {
    return new Letter(partition, key, headers, bytes);
  }

  public Letter also(String name, String text) {
    Header added = new RecordHeader(name, text.getBytes(UTF_8));
    return headers(Stream.concat(headers.stream(), Stream.of(added)));
  }

  public Letter with(String name, String text) {
    return without(name).also(name, text);
  }

  public Letter without(String name) {
    return headers(headers.stream().filter(header -> !header.key().equals(name)));
  }

  /** The first header of that name, or null. */
  public String header(String name) {
    return headers.stream()
        .filter(header -> header.key().equals(name))
        .findFirst()
        .map(header -> new String(header.value(), UTF_8))
        .orElse(null);
  }

  ProducerRecord<byte[], byte[]> to(String topic) {
    return new ProducerRecord<>(topic, partition, key, value, new ArrayList<>(headers));
  }

  private Letter headers(Stream<Header> changed) {
    return new Letter(partition, key, changed.toList(), value);
  }
}
