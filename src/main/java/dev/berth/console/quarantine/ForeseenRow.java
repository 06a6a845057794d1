package dev.berth.console.quarantine;

import dev.berth.api.quarantine.ResultView;
import dev.berth.console.Badge;
import dev.berth.provisioning.intake.RecordResult;
import dev.berth.store.quarantine.QuarantinedRecord;
import dev.berth.store.quarantine.QuarantinedRecord.RecordState;
import org.jspecify.annotations.Nullable;

/**
 * What would come of a record, as a line.
 *
 * @param record null = it came between two looks
 */
public record ForeseenRow(ResultView result, Badge mark, @Nullable QuarantinedRecord record) {

  static ForeseenRow of(ResultView result, @Nullable QuarantinedRecord record) {
    return new ForeseenRow(result, mark(result), record);
  }

  private static Badge mark(ResultView result) {
    String word = result.result();
    if (word.equals(RecordResult.UNDECIDED)) {
      return new Badge(word, "◐", "waiting");
    }
    if (word.equals(RecordResult.DISCARDED)) {
      return new Badge(word, "○", "gone");
    }
    return result.state().equals(RecordState.OPEN.word())
        ? new Badge(word, "■", "bad")
        : new Badge(word, "●", "good");
  }
}
