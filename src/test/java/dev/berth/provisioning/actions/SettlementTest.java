package dev.berth.provisioning.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Recorded;
import dev.berth.provisioning.Pieces;
import dev.berth.store.Json;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.Action.State;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.actions.ActionsInMemory;
import dev.berth.store.tenants.Claim;
import dev.berth.tenant.Desired.Move;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When an action is over. */
class SettlementTest {

  private final Pieces pieces = new Pieces();
  private final ActionsInMemory actions = new ActionsInMemory();
  private final Settlement settlement = new Settlement(actions);
  private final Tenant tenant = pieces.accepted("acme");
  private final Tenant frozen = tenant.ordered(tenant.orders().frozen(true));

  @Test
  void aFreezeIsDoneOnceNobodyIsInAndNotByALookAlone() {
    asked(ActionKind.FREEZE, ActionKind.LOOK);

    looked(frozen);
    assertThat(actions.ended()).isEqualTo(Map.of(ActionKind.LOOK, State.DONE));

    looked(frozen.with(condition(ConditionType.AccessReady, Reason.AccessFrozen)));
    assertThat(actions.ended()).containsEntry(ActionKind.FREEZE, State.DONE);
  }

  @Test
  void whatWasTakenBackBeforeItWasSeenFails() {
    asked(ActionKind.FREEZE);
    looked(tenant);
    assertThat(actions.ended()).isEqualTo(Map.of(ActionKind.FREEZE, State.FAILED));

    asked(ActionKind.UNFREEZE);
    looked(frozen);
    assertThat(actions.ended()).containsEntry(ActionKind.UNFREEZE, State.FAILED);
  }

  @Test
  void aWithdrawalThatAnEventEndedFails() {
    asked(ActionKind.WITHDRAW);
    looked(tenant);
    assertThat(actions.ended()).isEqualTo(Map.of(ActionKind.WITHDRAW, State.FAILED));

    asked(ActionKind.WITHDRAW);
    looked(tenant.ordered(tenant.orders().withdrawn(true)));
    assertThat(actions.ended()).isEqualTo(Map.of(ActionKind.WITHDRAW, State.DONE));
  }

  @Test
  void aVerificationIsDoneByItsReport() {
    asked(ActionKind.VERIFY, ActionKind.LOOK);

    settlement.verified(tenant, false);
    assertThat(actions.ended()).isEqualTo(Map.of(ActionKind.VERIFY, State.DONE));
  }

  @Test
  void whatATenantLeftBehindFails() {
    asked(ActionKind.FREEZE, ActionKind.VERIFY, ActionKind.UNFREEZE);

    looked(gone());
    assertThat(actions.ended())
        .hasSize(3)
        .containsValue(State.FAILED)
        .doesNotContainValue(State.DONE);
  }

  /** Such as a retry of a removal that was stuck: it did what it was for. */
  @Test
  void aLookIsDoneAlsoWhereItSawTheTenantGo() {
    asked(ActionKind.LOOK, ActionKind.RETRY);

    looked(gone());
    assertThat(actions.ended())
        .isEqualTo(Map.of(ActionKind.LOOK, State.DONE, ActionKind.RETRY, State.DONE));
  }

  private Tenant gone() {
    return pieces.offboarded(tenant).with(condition(ConditionType.Offboarding, Reason.Offboarded));
  }

  @Test
  void aMoveIsDoneOnceTheTenantIsReadyInThatClassAloneAndSaysUntilThenWhatItWaitsFor() {
    asked(ActionKind.MOVE);
    Tenant moved = moved("b");
    Condition waits = condition(ConditionType.Ready, Reason.NoRoom);

    looked(moved.with(waits));
    assertThat(actions.ended()).isEmpty();
    assertThat(actions.told()).endsWith("now it is WAITLISTED, NoRoom: ");

    Tenant ready = moved.with(condition(ConditionType.Ready, Reason.Provisioned));
    looked(ready.with(ready.status().movingTo("a", "kata").movingTo("b", "kata")));
    assertThat(actions.ended()).as("pods of the class before may be there").isEmpty();
    assertThat(actions.told()).endsWith("ready in RuntimeClass b");

    looked(ready.with(ready.status().movingTo("b", "kata")));
    assertThat(actions.ended()).isEqualTo(Map.of(ActionKind.MOVE, State.DONE));
  }

  @Test
  void aMoveThatIsReplacedOrOverFails() {
    asked(ActionKind.MOVE);
    looked(moved("b").ordered(moved("b").orders().moved(order("c", UUID.randomUUID()))));
    assertThat(actions.ended()).isEqualTo(Map.of(ActionKind.MOVE, State.FAILED));

    asked(ActionKind.MOVE);
    looked(tenant);
    assertThat(actions.ended()).isEqualTo(Map.of(ActionKind.MOVE, State.FAILED));
  }

  private Tenant moved(String to) {
    return tenant.ordered(tenant.orders().moved(order(to, actions.latest())));
  }

  private Move order(String to, UUID action) {
    return new Move(
        new RuntimeClass(to, "kata"),
        new PlanVersion("starter", 1),
        action,
        "alice",
        pieces.clock.instant());
  }

  private void looked(Tenant after) {
    settlement.looked(new Claim(after, 2, Recorded.NOTHING, false), after);
  }

  private Condition condition(ConditionType type, Reason reason) {
    return Condition.of(type, reason, "", 1, pieces.clock.instant());
  }

  private void asked(ActionKind... kinds) {
    for (ActionKind kind : kinds) {
      actions.awaits(
          new Action(
              UUID.randomUUID(),
              kind,
              Action.About.of(tenant.id()),
              new Action.Author("alice", "why", pieces.clock.instant()),
              Action.Result.pending("", Json.tree(Map.of()))));
    }
  }
}
