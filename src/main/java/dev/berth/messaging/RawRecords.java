package dev.berth.messaging;

import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Position;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Records as the client has them to records as Berth has them. Pure. */
final class RawRecords {

  private RawRecords() {}

  static RawRecord of(ConsumerRecord<byte[], byte[]> message) {
    List<RawRecord.Header> headers =
        StreamSupport.stream(message.headers().spliterator(), false)
            .map((Header h) -> new RawRecord.Header(h.key(), h.value()))
            .toList();
    return new RawRecord(
        new Position(message.topic(), message.partition(), message.offset()),
        Instant.ofEpochMilli(message.timestamp()),
        message.key(),
        headers,
        message.value());
  }
}
