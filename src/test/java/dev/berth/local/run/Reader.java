package dev.berth.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning and goes on with what comes. */
final class Reader {
  private Reader() {}

  static void follow(String bootstrapServers, String topic, Consumer<String> out) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (true) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> out.accept(line(record)));
      }
    }
  }

  private static String line(ConsumerRecord<String, String> event) {
    String type =
        Optional.ofNullable(event.headers().lastHeader("ce_type"))
            .map(Header::value)
            .map(v -> new String(v, UTF_8))
            .orElse("?");
    return "%d:%d %s %s %s"
        .formatted(event.partition(), event.offset(), event.key(), type, event.value());
  }
}
