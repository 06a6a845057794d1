package dev.berth.console.actions;

import dev.berth.console.Mark;
import dev.berth.store.actions.Action;

/** An action as a line. */
public record ActionRow(Action action, Mark mark) {

  static ActionRow of(Action action) {
    String word = action.result().state().name();
    return new ActionRow(
        action,
        switch (action.result().state()) {
          case PENDING -> new Mark(word, "◐", "moving");
          case DONE -> new Mark(word, "●", "good");
          case FAILED -> new Mark(word, "✖", "bad");
        });
  }
}
