package dev.berth.delivery.disorder;

import static java.util.stream.Collectors.toMap;

import dev.berth.local.LocalKafka;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The records that Berth has not taken yet. */
final class Backlog {
  private Backlog() {}

  static long of(LocalKafka kafka) throws InterruptedException, ExecutionException {
    try (Admin admin = kafka.admin()) {
      Map<TopicPartition, OffsetAndMetadata> taken =
          admin.listConsumerGroupOffsets("berth").partitionsToOffsetAndMetadata().get();
      Map<TopicPartition, OffsetSpec> latest =
          taken.keySet().stream().collect(toMap(it -> it, it -> OffsetSpec.latest()));
      return admin.listOffsets(latest).all().get().entrySet().stream()
          .mapToLong(end -> end.getValue().offset() - taken.get(end.getKey()).offset())
          .sum();
    }
  }
}
