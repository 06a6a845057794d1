package dev.berth.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaIT {
  private static final int TWO_MIB = 2 * 1024 * 1024;

  @TempDir Path dir;

  @Test
  void keepsItsRecordsAndItsPortAfterItsBrokerWasKilled() throws Exception {
    // Given
    LocalKafka killed = LocalKafka.start(dir, line -> {});
    assertThat(produce(killed, new byte[10]).offset()).isZero();

    // When
    killed.kill();

    // Then
    try (LocalKafka again = LocalKafka.start(dir, line -> {})) {
      assertThat(again.bootstrapServers()).isEqualTo(killed.bootstrapServers());
      assertThat(produce(again, new byte[10]).offset()).isEqualTo(1);
    }
  }

  @Test
  void holdsTheTopicsAndTakesARecordOfTwoMebibytes() throws Exception {
    LocalKafka kafka = Parts.kafka();

    assertThat(produce(kafka, new byte[TWO_MIB]).hasOffset()).isTrue();
    try (Admin admin = kafka.admin()) {
      Map<String, TopicDescription> topics =
          admin
              .describeTopics(LocalKafka.TOPICS.keySet())
              .allTopicNames()
              .get(30, TimeUnit.SECONDS);
      assertThat(topics)
          .containsOnlyKeys(
              "tenant.events",
              "tenant.lifecycle",
              "tenant.state",
              "tenant.quarantine",
              "node-pool.lifecycle")
          .allSatisfy((name, topic) -> assertThat(topic.partitions()).hasSize(6));
      assertThat(setting(admin, "tenant.state", "cleanup.policy")).isEqualTo("compact");
      assertThat(setting(admin, "tenant.events", "max.message.bytes")).isEqualTo("4194304");
    }
  }

  private static String setting(Admin admin, String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin
        .describeConfigs(List.of(resource))
        .all()
        .get(30, TimeUnit.SECONDS)
        .get(resource)
        .get(name)
        .value();
  }

  private static RecordMetadata produce(LocalKafka kafka, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.request.size", 2 * TWO_MIB),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      return producer
          .send(new ProducerRecord<>("tenant.events", 0, new byte[] {1}, value))
          .get(60, TimeUnit.SECONDS);
    }
  }
}
