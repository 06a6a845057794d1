package dev.berth.store.quarantine;

import dev.berth.tenant.condition.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record that was not taken, without its content.
 *
 * @param sha256 of the value's bytes
 */
public record QuarantinedRecord(
    UUID id,
    RecordPlace at,
    String sha256,
    RecordClaims claims,
    Grounds why,
    Instant refusedAt,
    Fate fate) {

  /** Where it lay. */
  public record RecordPlace(String topic, int partition, long offset) {}

  /** What it says of itself, unproven; type and tenant are null where an older version kept it. */
  public record RecordClaims(
      @Nullable String source,
      @Nullable String id,
      @Nullable String type,
      @Nullable String tenant) {}

  /**
   * Grounds it was not taken, the last time that it was tried.
   *
   * @param reason maybe one of a newer version
   * @param message null = an older version kept it, and no errors
   */
  public record Grounds(String reason, @Nullable String message, List<WrongPart> errors) {

    public static Grounds of(Refusal refusal) {
      return new Grounds(
          refusal.reason().name(),
          refusal.message(),
          refusal.errors().stream()
              .map(e -> new WrongPart(e.pointer(), e.reason().name(), e.detail()))
              .toList());
    }
  }

  /**
   * What is wrong at one place of the data.
   *
   * @param pointer RFC 6901
   */
  public record WrongPart(String pointer, String reason, String detail) {}

  /** Whether somebody took care of it. */
  public enum RecordState {
    OPEN,
    REPLAYED,
    DISCARDED;

    /** As it is stored and asked for. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<RecordState> of(String word) {
      return List.of(values()).stream().filter(state -> state.word().equals(word)).findAny();
    }
  }

  /**
   * What became of it.
   *
   * @param verdict of the latest replay; null = there was none
   * @param answer of the latest replay, in words
   * @param action the latest that replayed or discarded it
   * @param at when that was
   */
  public record Fate(
      RecordState state,
      @Nullable String verdict,
      @Nullable String answer,
      @Nullable UUID action,
      @Nullable Instant at) {}

  public QuarantinedRecord with(RecordClaims other, Grounds now) {
    return new QuarantinedRecord(id, at, sha256, other, now, refusedAt, fate);
  }

  public boolean isOpen() {
    return fate.state() == RecordState.OPEN;
  }
}
