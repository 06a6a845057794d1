package dev.berth.tenant;

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
   */
  public record Orders(boolean frozen, boolean withdrawn) {

    public static final Orders NONE = new Orders(false, false);

    public Orders frozen(boolean wanted) {
      return new Orders(wanted, withdrawn);
    }

    public Orders withdrawn(boolean wanted) {
      return new Orders(frozen, wanted);
    }
  }

  public Desired withPlan(@Nullable PlanVersion pinned) {
    return new Desired(mode, generation, spec, pinned, next);
  }
}
