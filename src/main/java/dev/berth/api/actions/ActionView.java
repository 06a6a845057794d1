package dev.berth.api.actions;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.berth.store.actions.Action;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An action as the API shows it. */
public record ActionView(
    UUID id,
    String kind,
    @Nullable String tenantId,
    @Nullable UUID record,
    @JsonUnwrapped Action.Author author,
    @JsonUnwrapped Action.Result result) {

  public static ActionView of(Action action) {
    return new ActionView(
        action.id(),
        action.kind().word(),
        action.target().tenant(),
        action.target().record(),
        action.author(),
        action.result());
  }
}
