package dev.berth.provisioning.actions;

import dev.berth.store.actions.Action;
import dev.berth.store.actions.Action.State;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.actions.Actions;
import dev.berth.store.tenants.Claim;
import dev.berth.tenant.Desired.Move;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Ends the actions on a tenant whose effect is seen, within the caller's transaction. */
@ApplicationScoped
public class Settlement {

  /** They ask for a look and no more, so it is done whatever the tenant came to be. */
  private static final Set<ActionKind> LOOKS = EnumSet.of(ActionKind.LOOK, ActionKind.RETRY);

  private static final Set<ActionKind> ENDED_BY_A_LOOK =
      EnumSet.of(ActionKind.UNFREEZE, ActionKind.WITHDRAW);

  private final Actions actions;

  Settlement(Actions actions) {
    this.actions = actions;
  }

  /** What came of a claim was recorded: those that it carried out are over. */
  public void looked(Claim claim, Tenant after) {
    for (Action action : actions.pending(after.id(), claim.epoch())) {
      if (LOOKS.contains(action.kind())) {
        seen(action, after);
      } else if (after.phase() == Phase.OFFBOARDED) {
        end(action, State.FAILED, "the tenant left before", after);
      } else if (action.kind() == ActionKind.MOVE) {
        moved(action, after);
      } else if (isUndone(action.kind(), after)) {
        end(action, State.FAILED, undone(action.kind()), after);
      } else if (isDone(action.kind(), after)) {
        seen(action, after);
      }
    }
  }

  private void moved(Action action, Tenant after) {
    Move order = after.orders().move();
    if (order == null) {
      String why = "the class is unfit for the plan that the tenant has now, so the order is over";
      end(action, State.FAILED, why, after);
    } else if (!order.action().equals(action.id())) {
      end(action, State.FAILED, "the tenant was moved elsewhere before it was done", after);
    } else if (isReady(after) && after.status().runtimes().equals(List.of(order.to()))) {
      end(action, State.DONE, "the tenant is ready in RuntimeClass " + order.to().name(), after);
    } else {
      actions.tell(action, isReady(after) ? moving(order) : waiting(order, after));
    }
  }

  static String moving(Move order) {
    return "the tenant is being moved: done once it is ready in RuntimeClass " + order.to().name();
  }

  private static String waiting(Move order, Tenant after) {
    String why =
        after
            .status()
            .conditions()
            .headline()
            .map(it -> "%s: %s".formatted(it.reason(), it.message()))
            .orElse("it was not looked at yet");
    return "%s; now it is %s, %s".formatted(moving(order), after.phase(), why);
  }

  private static boolean isReady(Tenant tenant) {
    return tenant.status().conditions().isTrue(ConditionType.Ready);
  }

  private static boolean isUndone(ActionKind kind, Tenant after) {
    return switch (kind) {
      case FREEZE -> !after.isFrozen();
      case UNFREEZE -> after.isFrozen();
      case WITHDRAW -> !after.orders().withdrawn();
      default -> false;
    };
  }

  private static String undone(ActionKind kind) {
    return kind == ActionKind.WITHDRAW
        ? "an event or a retry let it wait again before it was done"
        : "the opposite was asked for before it was done";
  }

  private static boolean isDone(ActionKind kind, Tenant after) {
    return kind == ActionKind.FREEZE
        ? after
            .status()
            .conditions()
            .get(ConditionType.AccessReady)
            .filter(access -> access.reason() == Reason.AccessFrozen)
            .isPresent()
        : ENDED_BY_A_LOOK.contains(kind);
  }

  /** An isolation report was recorded. */
  public void verified(Tenant after, boolean passed) {
    actions.pending(after.id(), Long.MAX_VALUE).stream()
        .filter(action -> action.kind() == ActionKind.VERIFY)
        .forEach(action ->
            end(action, State.DONE, passed ? "the report passed" : "the report failed", after));
  }

  private void seen(Action action, Tenant after) {
    end(action, State.DONE, "the tenant was looked at and is " + after.phase(), after);
  }

  private void end(Action action, State state, String message, Tenant after) {
    actions.finish(action.id(), state, message, TenantPicture.of(after));
  }
}
