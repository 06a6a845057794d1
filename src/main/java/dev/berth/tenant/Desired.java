package dev.berth.tenant;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant shall be.
 *
 * @param generation the highest generation that was applied
 * @param spec the snapshot in force; null only for a tenant that was never created
 * @param plan the plan version the tenant stays on; null while its plan is not known
 * @param next a snapshot that waits for the deprovisioning to end and then begins a new incarnation
 */
public record Desired(
    Mode mode,
    long generation,
    @Nullable TenantSpec spec,
    @Nullable PlanVersion plan,
    @Nullable TenantSpec next) {

  public static final Desired NOTHING = new Desired(Mode.ACTIVE, 0, null, null, null);

  public enum Mode {
    ACTIVE,
    OFFBOARDED
  }

  /**
   * What operators have ordered for a life of a tenant, besides what events say. It ends with that
   * life.
   *
   * @param frozen nobody may be in its namespaces, and nothing of it is deleted
   * @param withdrawn it does not wait for room until an event or an operator lets it
   * @param move to which RuntimeClass it was moved; null = nobody moved it
   */
  public record Orders(boolean frozen, boolean withdrawn, @Nullable Move move) {

    public static final Orders NONE = new Orders(false, false, null);

    public Orders frozen(boolean wanted) {
      return new Orders(wanted, withdrawn, move);
    }

    public Orders withdrawn(boolean wanted) {
      return new Orders(frozen, wanted, move);
    }

    public Orders moved(@Nullable Move wanted) {
      return new Orders(frozen, withdrawn, wanted);
    }
  }

  /**
   * An order to run a tenant in a RuntimeClass.
   *
   * @param to the class; without a handler until it was found fit
   * @param plan the version that it was found fit for; null = that was not looked at
   * @param action by which it was ordered
   */
  public record Move(
      RuntimeClass to, @Nullable PlanVersion plan, UUID action, String who, Instant at) {

    /** This order once the class was found fit for the plan. */
    public Move found(RuntimeClass fit, PlanVersion under) {
      return new Move(fit, under, action, who, at);
    }
  }

  public Desired withPlan(@Nullable PlanVersion pinned) {
    return new Desired(mode, generation, spec, pinned, next);
  }
}
