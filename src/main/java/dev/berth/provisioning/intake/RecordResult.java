package dev.berth.provisioning.intake;

import dev.berth.store.quarantine.QuarantinedRecord;
import dev.berth.store.quarantine.QuarantinedRecord.RecordState;
import dev.berth.tenant.condition.Refusal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an action did about a record of the quarantine, or would do.
 *
 * @param result the verdict of a replay, {@value #DISCARDED}, or {@value #UNDECIDED} where nothing
 *     was changed
 * @param refusal why it is not taken now; null = it is, or it was not read
 * @param message what else there is to say
 */
public record RecordResult(
    UUID id, RecordState state, String result, @Nullable Refusal refusal, String message) {

  public static final String DISCARDED = "DISCARDED";
  public static final String UNDECIDED = "UNDECIDED";

  static RecordResult of(UUID id, Verdict verdict, String message) {
    RecordState state =
        switch (verdict.ruling()) {
          case REFUSED, REJECTED -> RecordState.OPEN;
          case APPLIED, STALE, EXPIRED, NOT_OURS, DUPLICATE, PARKED -> RecordState.REPLAYED;
        };
    return new RecordResult(id, state, verdict.ruling().name(), verdict.refusal(), message);
  }

  static RecordResult undecided(UUID id, RecordState state, String why) {
    return new RecordResult(id, state, UNDECIDED, null, why);
  }

  static RecordResult discarded(UUID id) {
    return new RecordResult(id, RecordState.DISCARDED, DISCARDED, null, "");
  }

  static RecordResult gone(UUID id) {
    return undecided(id, RecordState.DISCARDED, "its age was over, it was deleted");
  }

  /** What is stored of its tenant is not known to this version. */
  public static RecordResult unreadable(UUID id) {
    return undecided(
        id,
        RecordState.OPEN,
        "this version cannot read what is stored of its tenant; replay it once it can");
  }

  /** Somebody was first. */
  static RecordResult settled(QuarantinedRecord record) {
    RecordState state = record.fate().state();
    String verdict = record.fate().verdict();
    return undecided(
        record.id(),
        state,
        "it was %s before%s".formatted(state.word(), verdict == null ? "" : ": " + verdict));
  }
}
