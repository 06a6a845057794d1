package dev.berth.console.actions;

import dev.berth.console.Badge;
import dev.berth.store.actions.Action;

/** An action as a line. */
public record ActionRow(Action action, Badge mark) {

  static ActionRow of(Action action) {
    String word = action.result().state().name();
    return new ActionRow(
        action,
        switch (action.result().state()) {
          case PENDING -> new Badge(word, "◐", "moving");
          case DONE -> new Badge(word, "●", "good");
          case FAILED -> new Badge(word, "✖", "bad");
        });
  }
}
