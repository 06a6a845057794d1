package dev.berth.store.actions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.store.actions.Action.State;
import dev.berth.tenant.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Pending actions without a database, and how each of them ended. */
public final class ActionsInMemory extends Actions {

  private final List<Action> pending = new ArrayList<>();
  private final Map<ActionKind, State> ended = new LinkedHashMap<>();

  private String told = "";

  public ActionsInMemory() {
    super(null);
  }

  public void awaits(Action action) {
    pending.add(action);
  }

  @Override
  public List<Action> pending(TenantId tenant, long epoch) {
    return List.copyOf(pending);
  }

  @Override
  public void finish(UUID action, State state, String message, JsonNode after) {
    pending.stream()
        .filter(each -> each.id().equals(action))
        .forEach(each -> ended.put(each.kind(), state));
  }

  @Override
  public void tell(Action action, String message) {
    told = message;
  }

  /** What was said last of what an action waits for. */
  public String told() {
    return told;
  }

  public UUID latest() {
    return pending.getLast().id();
  }

  public Map<ActionKind, State> ended() {
    return ended;
  }
}
