package dev.berth.provisioning.actions;

import dev.berth.event.Printable;
import dev.berth.provisioning.actions.ActionRefused.Why;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.actions.Actions;
import dev.berth.store.actions.Actions.Kept;
import dev.berth.store.actions.Actions.Once;
import dev.berth.store.tenants.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The one way by which an action is taken: with its effect, in one transaction, once. */
@ApplicationScoped
public class Performer {

  private static final Logger LOG = Logger.getLogger(Performer.class);
  private static final int LOGGED = 200;

  private final Actions actions;
  private final Tenants tenants;

  Performer(Actions actions, Tenants tenants) {
    this.actions = actions;
    this.tenants = tenants;
  }

  /**
   * What a person asks for.
   *
   * @param why in that one's words
   * @param once tells a repeat from another one
   */
  public record Asked(
      ActionKind kind, Action.About target, String who, String why, Actions.Once once) {}

  private record Taken(Action action, boolean isNew) {}

  /**
   * The action, or the one that the caller took with this key before.
   *
   * @throws ActionRefused if it is not taken; then nothing is changed
   */
  public Action perform(Asked asked, Effect effect) {
    return perform(asked, action -> effect.take());
  }

  /** The same, for an effect that leaves the id of the action behind. */
  public Action perform(Asked asked, Function<UUID, Action.Result> effect) {
    Taken taken = QuarkusTransaction.requiringNew().call(() -> take(asked, effect));
    if (taken.isNew()) {
      tell(taken.action());
    }
    return taken.action();
  }

  private Taken take(Asked asked, Function<UUID, Action.Result> effect) {
    Once once = asked.once();
    if (!actions.lock(asked.who(), once.key())) {
      throw new ActionRefused(
          Why.UNDER_WAY,
          "A call with this Idempotency-Key is under way: send it again in a moment, to learn what came of it.");
    }
    Optional<Kept> before = actions.find(asked.who(), once.key());
    if (before.isPresent()) {
      return new Taken(same(before.get(), once), false);
    }
    UUID id = UUID.randomUUID();
    Action.Result result = effect.apply(id);
    Action action =
        new Action(
            id,
            asked.kind(),
            asked.target(),
            new Action.Author(asked.who(), asked.why(), tenants.now()),
            result);
    actions.add(action, once);
    return new Taken(action, true);
  }

  private static Action same(Kept kept, Once once) {
    if (!kept.sha256().equals(once.sha256())) {
      throw new ActionRefused(
          Why.KEY_REUSED,
          "This Idempotency-Key was used for another call: send a new key with each action, and the same one only with a repeat.");
    }
    return kept.action();
  }

  private static void tell(Action action) {
    LOG.infof(
        "action=%s kind=%s tenant=%s record=%s who=%s why=%s",
        action.id(),
        action.kind().word(),
        Printable.ofNullable(action.target().tenant()),
        action.target().record(),
        Printable.of(action.author().who(), LOGGED),
        Printable.of(action.author().why(), LOGGED));
  }
}
