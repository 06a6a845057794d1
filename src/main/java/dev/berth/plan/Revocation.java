package dev.berth.plan;

import dev.berth.tenant.Subject;
import dev.berth.tenant.TenantSpec;
import java.util.List;

/**
 * Who loses access, whatever else can be done for the tenant: those whom it no longer names, and
 * everybody while a guarantee is lost and the plan closes access then.
 */
final class Revocation {

  private final TenantSpec spec;
  private final List<Subject> debuggers;
  private final Recorded recorded;
  private final boolean closes;

  private Revocation(TenantSpec spec, List<Subject> debuggers, Recorded recorded, boolean closes) {
    this.spec = spec;
    this.debuggers = debuggers;
    this.recorded = recorded;
    this.closes = closes;
  }

  /**
   * @param guaranteeLost as {@link Guarantee} says
   */
  static Revocation of(TenantSpec spec, Plan plan, Recorded recorded, boolean guaranteeLost) {
    return new Revocation(
        spec,
        plan.access().debuggers(spec),
        recorded,
        guaranteeLost && plan.onGuaranteeLost() == Plan.GuaranteeLost.CLOSE);
  }

  /** Where the plan is not known, nor what it would do about a lost guarantee. */
  static Revocation ofThoseNotNamed(TenantSpec spec, Recorded recorded) {
    return new Revocation(spec, spec.owners(), recorded, false);
  }

  void revoke(String namespace, Steps steps) {
    boolean exists = recorded.uid(Resource.Key.ofNamespace(namespace)) != null;
    leave(Bindings.owner(namespace, closes ? List.of() : spec.owners()), exists, steps);
    leave(Bindings.viewer(namespace, closes ? List.of() : spec.viewers()), exists, steps);
    leave(Bindings.debug(namespace, closes ? List.of() : debuggers), exists, steps);
  }

  /** Where access is to be closed, a binding counts that was made but never read back, too. */
  private void leave(Resource.RoleBinding left, boolean namespaceExists, Steps steps) {
    boolean known = recorded.uid(left.key()) != null;
    if (known || (closes && namespaceExists)) {
      steps.revoke(left, closes && known);
    }
  }
}
