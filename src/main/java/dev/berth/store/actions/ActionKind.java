package dev.berth.store.actions;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** All that this version knows: a newer one may have stored others. */
  static Set<String> words() {
    return Arrays.stream(values()).map(ActionKind::word).collect(Collectors.toSet());
  }

  static ActionKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
