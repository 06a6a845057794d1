package dev.berth.messaging;

import static java.util.stream.Collectors.partitioningBy;

import dev.berth.store.outbox.Outbox;
import dev.berth.tracing.OpenSpan;
import dev.berth.tracing.Spans;
import dev.berth.tracing.Spans.Begin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * a relay that wakes late can neither repeat nor reorder. Without transactions it may repeat what
 * was sent, with the same bytes; what is sent of a topic and aggregate stays in order.
 */
final class Publisher implements AutoCloseable {

  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final KafkaProducer<byte[], byte[]> producer;
  private final boolean transactions;
  private final Spans spans;

  private Publisher(KafkaProducer<byte[], byte[]> producer, boolean transactions, Spans spans) {
    this.producer = producer;
    this.transactions = transactions;
    this.spans = spans;
  }

  /**
   * @param connection the Kafka client's connection settings
   * @param transactionalId the same on every replica; empty = without transactions
   */
  static Publisher open(
      Map<String, Object> connection, Optional<String> transactionalId, Spans spans) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    transactionalId.ifPresent(id -> settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id));
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000L);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      if (transactionalId.isPresent()) {
        producer.initTransactions();
      }
      return new Publisher(producer, transactionalId.isPresent(), spans);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Publishes all of them or none; without transactions the first ones of each topic and aggregate.
   *
   * @return why not all were, where trying again is of no use; of several messages it may be any
   *     that is at fault. Empty = all were
   * @throws ExecutionException if nothing can be sent now; then this publisher is of no more use
   */
  Optional<SendFault> publish(List<Outbox.Message> messages)
      throws ExecutionException, InterruptedException {
    List<OpenSpan> sending = messages.stream().map(this::spanOf).toList();
    String failure = "not sent";
    try {
      Optional<SendFault> fault = publishAll(messages);
      failure = fault.map(it -> it.kind().name()).orElse("");
      return fault;
    } finally {
      String why = failure;
      sending.forEach(span -> end(span, why));
    }
  }

  private static void end(OpenSpan span, String failure) {
    if (!failure.isEmpty()) {
      span.failed(failure);
    }
    span.close();
  }

  private OpenSpan spanOf(Outbox.Message message) {
    return spans
        .within(message.content().headers().get("traceparent"), Begin.ofSending("relay"))
        .with("messaging.system", "kafka")
        .with("messaging.destination.name", message.place().topic())
        .with("berth.event.subject", message.place().aggregate())
        .with("berth.event.type", message.type())
        .with("berth.event.id", message.id());
  }

  private Optional<SendFault> publishAll(List<Outbox.Message> messages)
      throws ExecutionException, InterruptedException {
    if (!transactions) {
      return publishInOrder(messages);
    }
    producer.beginTransaction();
    Optional<SendFault> fault = send(messages);
    if (fault.isEmpty()) {
      producer.commitTransaction();
      return fault;
    }
    producer.abortTransaction();
    return fault;
  }

  /** One of each topic and aggregate at a time: nothing may overtake one that is refused. */
  private Optional<SendFault> publishInOrder(List<Outbox.Message> messages)
      throws ExecutionException, InterruptedException {
    List<Outbox.Message> left = messages;
    while (!left.isEmpty()) {
      Set<List<String>> lines = new HashSet<>();
      Map<Boolean, List<Outbox.Message>> first =
          left.stream().collect(partitioningBy(message -> lines.add(line(message))));
      Optional<SendFault> fault = send(first.getOrDefault(true, List.of()));
      if (fault.isPresent()) {
        return fault;
      }
      left = first.getOrDefault(false, List.of());
    }
    return Optional.empty();
  }

  private static List<String> line(Outbox.Message message) {
    return List.of(message.place().topic(), message.place().aggregate());
  }

  private Optional<SendFault> send(List<Outbox.Message> messages)
      throws ExecutionException, InterruptedException {
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
      SendFault fault = SendFault.of(e);
      if (fault.kind() == SendFault.Culprit.PASSING) {
        throw new ExecutionException(fault.toString(), fault.cause());
      }
      return Optional.of(fault);
    }
  }

  private static ProducerRecord<byte[], byte[]> message(Outbox.Message message) {
    Outbox.Content content = message.content();
    ProducerRecord<byte[], byte[]> sent =
        new ProducerRecord<>(
            message.place().topic(),
            content.key().getBytes(StandardCharsets.UTF_8),
            content.payload());
    content
        .headers()
        .forEach((name, value) -> sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return sent;
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
