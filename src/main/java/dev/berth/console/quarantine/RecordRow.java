package dev.berth.console.quarantine;

import dev.berth.console.Badge;
import dev.berth.store.quarantine.QuarantinedRecord;
import dev.berth.tenant.advice.Advice;

/** A record as a line. */
public record RecordRow(QuarantinedRecord item, Badge mark, Advice advice) {

  static RecordRow of(QuarantinedRecord item) {
    String word = item.fate().state().name();
    return new RecordRow(
        item,
        switch (item.fate().state()) {
          case OPEN -> new Badge(word, "■", "bad");
          case REPLAYED -> new Badge(word, "●", "good");
          case DISCARDED -> new Badge(word, "○", "gone");
        },
        Advice.named(item.why().reason()));
  }
}
