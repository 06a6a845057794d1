package dev.berth.api.actions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.Authority;
import dev.berth.api.Role;
import dev.berth.event.Sha256;
import dev.berth.provisioning.actions.Effect;
import dev.berth.provisioning.actions.Performer;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.actions.Actions.Once;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.Function;

/** Where every action is asked for: checks the role, has it taken, and answers with it. */
@ApplicationScoped
public class ActionDesk {

  private final Authority authority;
  private final SecurityIdentity caller;
  private final Performer performer;

  ActionDesk(Authority authority, SecurityIdentity caller, Performer performer) {
    this.authority = authority;
    this.caller = caller;
    this.performer = performer;
  }

  /** Takes the action that a call of the API asks for: 202, and where it is. */
  public Response accept(ActionCall call, Action.About target, Effect effect) {
    return accepted(take(call, target, "", id -> effect.take()));
  }

  /**
   * Takes it, for an effect that leaves the id of the action behind.
   *
   * @param more what the call says beside its body
   */
  public Action take(
      ActionCall call, Action.About target, String more, Function<UUID, Action.Result> effect) {
    Once once = once(call.key(), target, call.sha256() + more);
    return perform(call.kind(), target, call.reason(), once, effect);
  }

  /** The name of who acts. */
  public String caller() {
    return authority.name(caller);
  }

  /** 202, with the action and where it is. */
  public static Response accepted(Action action) {
    return Response.accepted(ActionView.of(action))
        .header(HttpHeaders.LOCATION, "/api/v1/actions/" + action.id())
        .build();
  }

  /**
   * The same for a page, whose form says it in its own words.
   *
   * @param key that the form was made with
   */
  public Action perform(
      ActionKind kind, Action.About target, String reason, String key, Effect effect) {
    return perform(kind, target, reason, key, "", id -> effect.take());
  }

  /**
   * The same for an effect that leaves the id of the action behind.
   *
   * @param more what the form says beside the reason
   */
  public Action perform(
      ActionKind kind,
      Action.About target,
      String reason,
      String key,
      String more,
      Function<UUID, Action.Result> effect) {
    Once once = once(key, target, "%s %s %s".formatted(kind, more, reason));
    return perform(kind, target, reason, once, effect);
  }

  private static Once once(String key, Action.About target, String content) {
    return new Once(key, Sha256.of((target + content).getBytes(UTF_8)));
  }

  private Action perform(
      ActionKind kind,
      Action.About target,
      String reason,
      Once once,
      Function<UUID, Action.Result> effect) {
    authority.demand(caller, kind.isForAdmins() ? Role.ADMIN : Role.OPERATOR);
    return performer.perform(new Performer.Asked(kind, target, caller(), reason, once), effect);
  }
}
