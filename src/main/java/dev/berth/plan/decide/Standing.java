package dev.berth.plan.decide;

import dev.berth.plan.Operation.Unfit;
import dev.berth.plan.Plan;
import dev.berth.plan.Recorded;
import dev.berth.plan.Resource;
import dev.berth.plan.SandboxClass;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may exist of a tenant before the work at hand. A namespace is stored before the first call
 * that could create it, so there are no others.
 *
 * @param tenant as it was stored
 * @param recorded what was read back of it
 * @param plan the plan that it was opened on; null = it was never opened, or the catalogue does not
 *     have that plan any more
 */
public record Standing(Tenant tenant, Recorded recorded, @Nullable Plan plan) {

  private static final Set<Reason> DISPROVEN =
      EnumSet.of(Reason.SandboxUnproven, Reason.GuardContested);
  private static final Set<Phase> HELD_BACK =
      EnumSet.of(Phase.BLOCKED, Phase.FAILED, Phase.WAITLISTED, Phase.DEGRADED);

  boolean isOpened() {
    return tenant.status().appliedPlan() != null;
  }

  /** Whether all that is left of an update to the plan is what the plan before had more. */
  boolean isLetInBy(Plan wanted) {
    return isOpened()
        && !wanted.id().equals(tenant.status().appliedPlan())
        && tenant
            .status()
            .conditions()
            .get(ConditionType.AccessReady)
            .filter(access -> access.status() == Condition.Truth.True)
            .filter(access -> access.observedGeneration() == tenant.desired().generation())
            .isPresent();
  }

  /** At the last look, in a namespace of its own; only another look there tells otherwise. */
  Optional<Condition> disproven() {
    return tenant.status().conditions().list().stream()
        .filter(condition -> DISPROVEN.contains(condition.reason()))
        .filter(condition -> condition.type() != ConditionType.Ready)
        .findFirst();
  }

  /** As of the last look. */
  boolean wasHeldBack() {
    return HELD_BACK.contains(tenant.phase());
  }

  /**
   * The pods that may not run on in a namespace of the tenant under that plan, in that class; empty
   * = there can be none. Those of a frozen tenant run on until it is unfrozen, except outside the
   * sandbox that they were given.
   *
   * @param runtime null = the plan is shared
   */
  Optional<Unfit> unfit(String namespace, Plan wanted, @Nullable SandboxClass runtime) {
    if (!namespaces().contains(namespace)) {
      return Optional.empty();
    }
    if (isTightened(wanted) || isMoved(runtime)) {
      return tenant.isFrozen() ? Optional.empty() : Optional.of(new Unfit.Earlier());
    }
    return Optional.ofNullable(runtime).map(r -> new Unfit.Outside(r.name()));
  }

  /** A plan that is not known may have allowed anything. */
  private boolean isTightened(Plan wanted) {
    if (!isOpened() || wanted.id().equals(tenant.status().appliedPlan())) {
      return false;
    }
    return plan == null
        || (plan.podSecurity() == Plan.PodSecurity.BASELINE
            && wanted.podSecurity() == Plan.PodSecurity.RESTRICTED)
        || (plan.isolation() == Plan.Isolation.SHARED
            && wanted.isolation() == Plan.Isolation.SANDBOXED);
  }

  private boolean isMoved(@Nullable SandboxClass runtime) {
    return runtime != null
        && tenant.status().runtimes().stream()
            .anyMatch(r -> !r.name().equals(runtime.name()) || !r.hasHandler(runtime.handler()));
  }

  /** Those that a plan dropped and that are not gone yet. */
  Set<String> leaving() {
    return tenant.namespaces().stream()
        .filter(TenantNamespace::leaving)
        .map(TenantNamespace::namespace)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Those that the tenant has, or may have, in the cluster. */
  Set<String> namespaces() {
    Set<String> namespaces = new LinkedHashSet<>();
    tenant.namespaces().stream().map(TenantNamespace::namespace).forEach(namespaces::add);
    recorded.uids().keySet().stream()
        .map(Resource.Key::namespace)
        .sorted(Comparator.naturalOrder())
        .forEach(namespaces::add);
    return namespaces;
  }
}
