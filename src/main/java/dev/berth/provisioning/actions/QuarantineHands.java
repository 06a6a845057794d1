package dev.berth.provisioning.actions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.provisioning.actions.ActionRefused.Why;
import dev.berth.provisioning.intake.RecordResult;
import dev.berth.provisioning.intake.Redrive;
import dev.berth.store.Json;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.quarantine.QuarantinedRecord;
import dev.berth.store.quarantine.Settlements;
import dev.berth.store.tenants.Tenants;
import dev.berth.store.tenants.UnreadableTenantException;
import dev.berth.tenant.condition.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What people do to a record of the quarantine: the effect of each kind of action. */
@ApplicationScoped
public class QuarantineHands {

  private final Settlements settlements;
  private final Redrive redrive;
  private final Tenants tenants;

  QuarantineHands(Settlements settlements, Redrive redrive, Tenants tenants) {
    this.settlements = settlements;
    this.redrive = redrive;
    this.tenants = tenants;
  }

  /** Replays or discards the record; the action is over with that. */
  public Function<UUID, Action.Result> effect(ActionKind kind, UUID record) {
    return action -> {
      JsonNode before = settlements.find(record).map(it -> picture(it.record())).orElse(null);
      RecordResult result = take(kind, record, action);
      if (before == null || result.result().equals(RecordResult.UNDECIDED)) {
        Why why = before == null ? Why.NOT_THERE : Why.NOT_POSSIBLE;
        throw new ActionRefused(why, "Record %s: %s.".formatted(record, result.message()));
      }
      return Action.Result.done(said(result), before, picture(result), tenants.now());
    };
  }

  private RecordResult take(ActionKind kind, UUID record, UUID action) {
    try {
      return kind == ActionKind.REPLAY
          ? redrive.replay(record, action)
          : redrive.discard(record, action);
    } catch (UnreadableTenantException e) {
      return RecordResult.unreadable(record);
    }
  }

  /** That somebody read what the record holds; it stays as it is. */
  public Effect payloadRead(QuarantinedRecord record) {
    return () ->
        Action.Result.done("its payload was read", picture(record), picture(record), tenants.now());
  }

  private static String said(RecordResult result) {
    return result.message().isEmpty() ? result.result() : result.result() + ": " + result.message();
  }

  private static JsonNode picture(QuarantinedRecord record) {
    return Json.tree(
        new Picture(record.fate().state().word(), record.fate().verdict(), record.why().reason()));
  }

  private static JsonNode picture(RecordResult result) {
    Refusal refusal = result.refusal();
    return Json.tree(
        new Picture(
            result.state().word(),
            result.result(),
            refusal == null ? null : refusal.reason().name()));
  }

  /** A record as an audit shows it. */
  record Picture(String state, @Nullable String result, @Nullable String reason) {}
}
