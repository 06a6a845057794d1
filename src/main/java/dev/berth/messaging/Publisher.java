package dev.berth.messaging;

import dev.berth.store.outbox.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes messages in Kafka transactions. Opening one fences every earlier one of the same name:
 * a relay that wakes late can neither repeat nor reorder.
 */
final class Publisher implements AutoCloseable {

  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final KafkaProducer<byte[], byte[]> producer;

  private Publisher(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * @param connection the Kafka client's connection settings
   * @param transactionalId the same on every replica
   */
  static Publisher open(Map<String, Object> connection, String transactionalId) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000L);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
      return new Publisher(producer);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Publishes all of them or none.
   *
   * @return why none was, where trying again is of no use; of several messages it may be any that
   *     is at fault. Empty = all were
   * @throws ExecutionException if nothing can be sent now; then this publisher is of no more use
   */
  Optional<SendFault> publish(List<Outbox.Message> messages)
      throws ExecutionException, InterruptedException {
    producer.beginTransaction();
    Optional<SendFault> fault = send(messages);
    if (fault.isEmpty()) {
      producer.commitTransaction();
      return fault;
    }
    if (fault.get().kind() == SendFault.Culprit.PASSING) {
      throw new ExecutionException(fault.get().toString(), fault.get().cause());
    }
    producer.abortTransaction();
    return fault;
  }

  private Optional<SendFault> send(List<Outbox.Message> messages) throws InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>(messages.size());
    try {
      for (Outbox.Message message : messages) {
        sent.add(producer.send(message(message)));
      }
      for (Future<RecordMetadata> future : sent) {
        future.get();
      }
      return Optional.empty();
    } catch (InterruptException e) {
      throw e;
    } catch (ExecutionException | RuntimeException e) {
      return Optional.of(SendFault.of(e));
    }
  }

  private static ProducerRecord<byte[], byte[]> message(Outbox.Message message) {
    ProducerRecord<byte[], byte[]> sent =
        new ProducerRecord<>(
            message.topic(), message.key().getBytes(StandardCharsets.UTF_8), message.payload());
    message
        .headers()
        .forEach((name, value) -> sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return sent;
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
