package dev.berth.store.outbox;

import dev.berth.store.Signal;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The events that are to be published, in the order of each aggregate. */
@ApplicationScoped
public class Outbox {

  private final Signal pending;

  Outbox(TransactionSynchronizationRegistry transactions) {
    this.pending = new Signal(transactions);
  }

  /** An event with its final bytes, and its place. */
  public record Message(UUID id, String type, Place place, Content content) {}

  /**
   * Where a message belongs.
   *
   * @param sequence gapless within topic and aggregate
   */
  public record Place(String topic, String aggregate, long sequence) {}

  /** What consumers read. */
  public record Content(String key, Map<String, String> headers, byte[] payload) {}

  /** Adds the event to the caller's transaction. */
  public void add(Message message) {
    new OutboxEntity(message).persist();
    pending.raiseAfterCommit(Duration.ZERO);
  }

  /**
   * Waits until a transaction of this JVM added a message, at most for {@code patience}. True if
   * so. For one waiting thread; other JVMs are not heard of.
   */
  public boolean awaitPending(Duration patience) throws InterruptedException {
    return pending.await(patience);
  }

  /** The aggregate's latest messages on the topic, newest first. */
  @Transactional
  public List<Message> latest(String topic, String aggregate, int limit) {
    return OutboxEntity.<OutboxEntity>find(
            "topic = ?1 and aggregateid = ?2", Sort.descending("aggSeq"), topic, aggregate)
        .page(0, limit)
        .stream()
        .map(OutboxEntity::message)
        .toList();
  }
}
