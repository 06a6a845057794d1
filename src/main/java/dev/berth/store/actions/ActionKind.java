package dev.berth.store.actions;

import java.util.Locale;

/** What a person can do. In JSON and in the table in lower case. Names are append-only. */
public enum ActionKind {
  LOOK,
  RETRY,
  VERIFY,
  FREEZE,
  UNFREEZE,
  WITHDRAW,
  MOVE,
  REPLAY,
  DISCARD;

  /** Whether an operator may not. */
  public boolean isForAdmins() {
    return this == MOVE;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ActionKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
