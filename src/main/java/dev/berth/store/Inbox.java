package dev.berth.store;

import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The requests that were decided, once each. */
@ApplicationScoped
public class Inbox {

  /** What became of a request. */
  public enum Verdict {
    APPLIED,
    STALE,
    EXPIRED,
    NOT_OURS,
    REJECTED
  }

  /** A request, where it lay, and its tenant. @param headers JSON */
  public record Entry(
      String source,
      String id,
      String sha256,
      String type,
      String tenant,
      long generation,
      Position position,
      String headers,
      byte[] payload) {}

  /** Where a record lies. */
  public record Position(String topic, int partition, long offset) {}

  /** Whether a request is met for the first time. */
  public enum Arrival {
    NEW,
    DUPLICATE,
    ID_REUSED
  }

  /**
   * Inserts the request unless its source and id are known. Waits for a transaction that is
   * inserting the same.
   */
  public Arrival arrive(Entry entry) {
    throw new UnsupportedOperationException();
  }

  /**
   * Completes the request that {@link #arrive} inserted in this transaction. @param reason of a
   * rejection
   */
  public void decide(Entry entry, Verdict verdict, @Nullable String reason) {
    throw new UnsupportedOperationException();
  }
}
