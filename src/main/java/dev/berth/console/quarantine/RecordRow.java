package dev.berth.console.quarantine;

import dev.berth.console.Mark;
import dev.berth.store.quarantine.QuarantinedRecord;
import dev.berth.tenant.advice.Advice;

/** A record as a line. */
public record RecordRow(QuarantinedRecord item, Mark mark, Advice advice) {

  static RecordRow of(QuarantinedRecord item) {
    String word = item.fate().state().name();
    return new RecordRow(
        item,
        switch (item.fate().state()) {
          case OPEN -> new Mark(word, "■", "bad");
          case REPLAYED -> new Mark(word, "●", "good");
          case DISCARDED -> new Mark(word, "○", "gone");
        },
        Advice.named(item.why().reason()));
  }
}
