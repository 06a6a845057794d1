package dev.berth.console.quarantine;

import dev.berth.api.quarantine.DryRun;
import dev.berth.console.Terms;
import dev.berth.store.actions.ActionKind;
import java.util.List;

/**
 * An action on the records that a filter finds, to be confirmed.
 *
 * @param terms the filter, and where it begins
 * @param key with which it is done once, however often the form is sent
 */
public record ManyForm(
    ActionKind kind, Terms terms, DryRun foreseen, List<ForeseenRow> rows, String key) {

  static final String FOLDER = "/quarantine/all/";

  public String title() {
    return kind == ActionKind.REPLAY ? "Replay" : "Discard";
  }

  public String address() {
    return terms.on(FOLDER + kind.word());
  }

  /** The list that it was asked from. */
  public String list() {
    return terms.without("cursor").with("state", "open").on("/quarantine");
  }

  /** What comes behind these; empty = nothing. */
  public String rest() {
    String cursor = foreseen.nextCursor();
    return cursor == null ? "" : terms.with("cursor", cursor).on(FOLDER + kind.word());
  }
}
