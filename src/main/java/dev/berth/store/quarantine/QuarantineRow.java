package dev.berth.store.quarantine;

import dev.berth.store.Json;
import dev.berth.store.inbox.KeptRecord;
import dev.berth.store.quarantine.QuarantinedRecord.Fate;
import dev.berth.store.quarantine.QuarantinedRecord.Grounds;
import dev.berth.store.quarantine.QuarantinedRecord.RecordClaims;
import dev.berth.store.quarantine.QuarantinedRecord.RecordPlace;
import dev.berth.store.quarantine.QuarantinedRecord.RecordState;
import dev.berth.store.quarantine.QuarantinedRecord.WrongPart;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code refused} to what they mean. */
final class QuarantineRow {

  private QuarantineRow() {}

  static QuarantinedRecord record(Tuple row) {
    return new QuarantinedRecord(
        row.get("id", UUID.class),
        new RecordPlace(
            row.get("topic", String.class),
            row.get("partition", Integer.class),
            row.get("offset", Long.class)),
        row.get("sha256", String.class),
        new RecordClaims(
            row.get("claimed_source", String.class),
            row.get("claimed_id", String.class),
            row.get("claimed_type", String.class),
            row.get("claimed_tenant", String.class)),
        new Grounds(
            row.get("reason", String.class),
            row.get("message", String.class),
            errors(row.get("errors", String.class))),
        row.get("refused_at", Instant.class),
        fate(row));
  }

  private static Fate fate(Tuple row) {
    return new Fate(
        // A word of a newer version: somebody took care of it.
        RecordState.of(row.get("state", String.class)).orElse(RecordState.DISCARDED),
        row.get("verdict", String.class),
        row.get("answer", String.class),
        row.get("action", UUID.class),
        row.get("acted_at", Instant.class));
  }

  private static List<WrongPart> errors(@Nullable String json) {
    return json == null ? List.of() : List.of(Json.read(json, WrongPart[].class));
  }

  /** What was kept of the record, from a row that has its content too. */
  static Letter letter(Tuple row) {
    QuarantinedRecord record = record(row);
    RecordPlace at = record.at();
    return new Letter(
        record,
        new KeptRecord(
            at.topic(),
            at.partition(),
            at.offset(),
            row.get("headers", String.class),
            row.get("payload", byte[].class)),
        row.get("key", byte[].class),
        row.get("sent_at", Instant.class));
  }
}
