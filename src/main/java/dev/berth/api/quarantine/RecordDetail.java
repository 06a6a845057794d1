package dev.berth.api.quarantine;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.berth.api.actions.ActionView;
import dev.berth.store.quarantine.QuarantinedRecord;
import dev.berth.store.quarantine.QuarantinedRecord.WrongPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of the quarantine.
 *
 * @param errors all that is wrong in its data
 * @param size of what is kept of its value, in bytes; null = it had none
 * @param by the action that replayed or discarded it last; null = none did, or it is too old
 */
record RecordDetail(
    @JsonUnwrapped RecordView record,
    List<WrongPart> errors,
    @Nullable Integer size,
    @Nullable ActionView by) {

  static RecordDetail of(
      QuarantinedRecord record, byte @Nullable [] value, @Nullable ActionView by) {
    return new RecordDetail(
        RecordView.of(record),
        record.why().errors(),
        value == null ? null : Integer.valueOf(value.length),
        by);
  }
}
