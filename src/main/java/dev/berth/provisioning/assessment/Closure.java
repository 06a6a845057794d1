package dev.berth.provisioning.assessment;

import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Work;
import dev.berth.tenant.Desired;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said of a tenant that nobody may be in: only what the API server has answered. Pure. */
final class Closure {

  private static final String CLOSED =
      "no one has access while a guarantee is lost (onGuaranteeLost: close): every RoleBinding of"
          + " the tenant's namespaces was read; access is given back automatically once the"
          + " guarantee is proven again";

  private static final String FROZEN =
      "no one has access, because an operator froze the tenant: every RoleBinding of the tenant's"
          + " namespaces was read; its pods run on, nothing is deleted, and access is given back"
          + " once it is unfrozen and everything is proven";

  private static final String FREEZING = "the tenant is frozen: access is being taken away";

  private Closure() {}

  /** Empty = nothing closes it, or a lost guarantee does and somebody may still be in. */
  static Optional<Judgement> of(Tenant tenant, Work work, Map<Operation, Outcome> outcomes) {
    boolean nobody =
        isEmpty(tenant, outcomes) && outcomes.entrySet().stream().noneMatch(Closure::mayGrant);
    if (isFrozen(tenant)) {
      return Optional.of(
          nobody ? access(Reason.AccessFrozen, FROZEN) : access(Reason.Pending, FREEZING));
    }
    return nobody && work.lost() != null
        ? Optional.of(access(Reason.AccessClosed, CLOSED))
        : Optional.empty();
  }

  /** One that leaves is closed in any case. */
  private static boolean isFrozen(Tenant tenant) {
    return tenant.isFrozen() && tenant.desired().mode() == Desired.Mode.ACTIVE;
  }

  private static Judgement access(Reason reason, String message) {
    return new Judgement(ConditionType.AccessReady, reason, message);
  }

  /** Nobody is in any more, by what was read in all of the tenant's namespaces. */
  private static boolean isEmpty(Tenant tenant, Map<Operation, Outcome> outcomes) {
    List<Map.Entry<Operation, Outcome>> revoked =
        outcomes.entrySet().stream().filter(e -> e.getKey() instanceof Operation.Revoke).toList();
    if (tenant.isFrozen() && !areAll(tenant, revoked)) {
      return false;
    }
    return revoked.isEmpty()
        ? tenant.isFrozen()
        : revoked.stream()
            .allMatch(e ->
                e.getKey() instanceof Operation.Revoke revoke
                    && revoke.closes()
                    && e.getValue() instanceof Outcome.Done);
  }

  /** Whether each of its namespaces was read, also one that was made just now. */
  private static boolean areAll(Tenant tenant, List<Map.Entry<Operation, Outcome>> revoked) {
    Set<String> read =
        revoked.stream()
            .map(e -> ((Operation.Revoke) e.getKey()).namespace())
            .collect(Collectors.toSet());
    return tenant.namespaces().stream().map(TenantNamespace::namespace).allMatch(read::contains);
  }

  /** A call without an answer may have had its effect. */
  private static boolean mayGrant(Map.Entry<Operation, Outcome> each) {
    return each.getKey() instanceof Operation.Apply apply
        && apply.condition() == ConditionType.AccessReady
        && !(each.getValue() instanceof Outcome.Skipped);
  }
}
