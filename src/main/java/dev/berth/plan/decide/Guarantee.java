package dev.berth.plan.decide;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work.Finding;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Status;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an open tenant has lost of what it rests on: the policies that guard it, its sandbox, its
 * isolation in the network. Judged by what it stands on, never by what it would get now. Not
 * knowing is no loss: it keeps the closed ones closed, and the open ones open.
 *
 * @param lost empty = nothing, or the tenant was never opened
 * @param closes whether nobody keeps access
 */
record Guarantee(List<Finding> lost, boolean closes) {

  static Guarantee of(Standing standing, ClusterFacts facts) {
    List<Finding> lost = standing.isOpened() ? lost(standing, facts) : List.of();
    return new Guarantee(lost, !lost.isEmpty() && closes(standing.plan()));
  }

  /**
   * For work that brings the tenant onto {@code wanted}. Once its people were let in by that plan,
   * all that it rests on was proven, and what the plan before rested on counts no longer.
   */
  static Guarantee of(Standing standing, Plan wanted, ClusterFacts facts) {
    if (!standing.isLetInBy(wanted)) {
      return of(standing, facts);
    }
    List<Finding> lost = standing.disproven().map(Guarantee::again).stream().toList();
    return new Guarantee(lost, !lost.isEmpty() && closes(wanted));
  }

  /** Null = nothing is lost. */
  @Nullable Finding first() {
    return lost.isEmpty() ? null : lost.getFirst();
  }

  /** What a plan that is not in the catalogue would do is not known, so it is taken to close. */
  private static boolean closes(@Nullable Plan plan) {
    return plan == null || plan.onGuaranteeLost() == Plan.GuaranteeLost.CLOSE;
  }

  private static List<Finding> lost(Standing standing, ClusterFacts facts) {
    Status status = standing.tenant().status();
    List<Finding> lost = new ArrayList<>();
    if (facts.known()) {
      Plan plan = standing.plan();
      // Without its plan a tenant is taken for one that needs everything.
      Plan.Isolation isolation = plan == null ? Plan.Isolation.SANDBOXED : plan.isolation();
      lost.addAll(Preconditions.policies(facts.guardsLost(isolation)));
      if (isolation == Plan.Isolation.SANDBOXED) {
        status.runtimes().forEach(runtime -> lost.addAll(sandbox(runtime, facts)));
      }
      lost.addAll(plan == null ? engine(status, facts) : Preconditions.network(plan, facts));
      lost.removeIf(finding -> !finding.blocks());
    }
    if (lost.isEmpty()) {
      standing.disproven().map(Guarantee::again).ifPresent(lost::add);
    }
    return List.copyOf(lost);
  }

  private static List<Finding> sandbox(RuntimeClass recorded, ClusterFacts facts) {
    ChosenClass runtime = ChosenClass.recorded(recorded, facts);
    List<Finding> faults = new ArrayList<>();
    if (runtime.fault() != null) {
      faults.add(runtime.fault());
    }
    if (runtime.sandbox() != null && runtime.sandbox().canary() == SandboxClass.Canary.OPEN) {
      faults.add(Preconditions.open(runtime.sandbox()));
    }
    return faults;
  }

  /** Whether the plan required an engine is told by what was said of the tenant. */
  private static List<Finding> engine(Status status, ClusterFacts facts) {
    boolean waived =
        status
            .conditions()
            .get(ConditionType.NetworkIsolated)
            .filter(c -> c.reason() == Reason.NetworkEngineUnknown)
            .isPresent();
    return waived || facts.network().engine() != null
        ? List.of()
        : List.of(Preconditions.engineRequired("its plan"));
  }

  private static Finding again(Condition condition) {
    return new Finding(condition.type(), condition.reason(), condition.message());
  }
}
