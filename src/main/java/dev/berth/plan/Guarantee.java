package dev.berth.plan;

import dev.berth.plan.ClusterFacts.PolicyFault;
import dev.berth.tenant.Condition;
import dev.berth.tenant.ConditionType;
import dev.berth.tenant.Reason;
import dev.berth.tenant.Tenant;
import java.util.List;
import java.util.Set;

/**
 * Whether an open tenant has lost what it rests on: its sandbox, or its isolation in the network.
 * Not knowing is no loss: it keeps the closed ones closed, and the open ones open.
 */
final class Guarantee {

  private static final Set<Reason> LOST =
      Set.of(
          Reason.RuntimeClassMissing,
          Reason.SandboxUnproven,
          Reason.NetworkEngineRequired,
          Reason.EgressNotAllowed);

  private Guarantee() {}

  /** A missing comfort, such as a policy that only warns, keeps new tenants closed and no more. */
  static boolean isLost(Tenant tenant, Plan plan, ClusterFacts facts, List<Work.Finding> findings) {
    boolean unguarded =
        plan.isolation() == Plan.Isolation.SANDBOXED
            && facts.policies().stream().anyMatch(PolicyFault::guards);
    return unguarded
        || findings.stream().map(Work.Finding::reason).anyMatch(LOST::contains)
        || isDisproven(tenant);
  }

  /** At the last look, in a namespace of its own; only a proof there tells otherwise. */
  private static boolean isDisproven(Tenant tenant) {
    return tenant
        .status()
        .conditions()
        .get(ConditionType.RuntimeEnforced)
        .map(Condition::reason)
        .filter(reason -> reason == Reason.SandboxUnproven)
        .isPresent();
  }
}
