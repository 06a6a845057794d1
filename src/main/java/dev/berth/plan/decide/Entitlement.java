package dev.berth.plan.decide;

import dev.berth.plan.Plan;
import dev.berth.plan.Resource;
import dev.berth.plan.Work.Finding;
import dev.berth.tenant.Desired;
import dev.berth.tenant.Subject;
import dev.berth.tenant.TenantSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may be in a tenant's namespaces at most, before anything new is proven: the one rule, for
 * each namespace that it has or may have and whatever else can be done for it. Pure.
 */
record Entitlement(List<Subject> owners, List<Subject> viewers, List<Subject> debuggers) {

  static final Entitlement NOBODY = new Entitlement(List.of(), List.of(), List.of());

  /**
   * Nobody where the tenant leaves or is frozen, where a lost guarantee closes it, and where it was
   * never opened and something holds it back; else those whom the newest snapshot names.
   *
   * @param wanted the plan that the tenant is to be on; null = not known
   * @param findings what was found out for the work at hand
   */
  static Entitlement of(
      Standing standing, @Nullable Plan wanted, Guarantee guarantee, List<Finding> findings) {
    Desired desired = standing.tenant().desired();
    TenantSpec spec = desired.spec();
    boolean leaves = desired.mode() == Desired.Mode.OFFBOARDED;
    boolean frozen = standing.tenant().isFrozen();
    boolean held = standing.wasHeldBack() || findings.stream().anyMatch(Finding::blocks);
    boolean heldAtTheDoor = !standing.isOpened() && held;
    if (spec == null || leaves || frozen || guarantee.closes() || heldAtTheDoor) {
      return NOBODY;
    }
    Plan plan = wanted == null ? standing.plan() : wanted;
    return new Entitlement(
        spec.owners(), spec.viewers(), plan == null ? List.of() : plan.access().debuggers(spec));
  }

  /** The bindings of the namespace, with whom each may hold at most. */
  List<Resource.RoleBinding> in(String namespace) {
    return List.of(
        Bindings.owner(namespace, owners),
        Bindings.viewer(namespace, viewers),
        Bindings.debug(namespace, debuggers));
  }
}
