package dev.berth.plan.decide;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work.Finding;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Status;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an open tenant has lost of what it relies on: the policies that guard it, its sandbox, its
 * network isolation. Judged by what is recorded for it, never by what it would get now. Unknown
 * facts neither close an open tenant nor open a closed one.
 *
 * @param lost empty = nothing by what is known now, or the tenant was never opened
 * @param disproven what the last look found, and no proof has told otherwise since; null = nothing
 * @param closes whether all access is revoked
 */
record Guarantee(List<Finding> lost, @Nullable Finding disproven, boolean closes) {

  static Guarantee of(Standing standing, ClusterFacts facts) {
    return standing.isOpened()
        ? of(lost(standing, facts), standing, standing.plan())
        : new Guarantee(List.of(), null, false);
  }

  private static Guarantee of(List<Finding> lost, Standing standing, @Nullable Plan plan) {
    Finding disproven =
        standing.disproven().map(c -> new Finding(c.type(), c.reason(), c.message())).orElse(null);
    return new Guarantee(lost, disproven, closes(plan) && !(lost.isEmpty() && disproven == null));
  }

  /**
   * For work that brings the tenant onto {@code wanted}. Once its people were let in by that plan,
   * all that it rests on was proven, and what the plan before rested on counts no longer.
   */
  static Guarantee of(Standing standing, Plan wanted, ClusterFacts facts) {
    return standing.isLetInBy(wanted) ? of(List.of(), standing, wanted) : of(standing, facts);
  }

  /** Null = nothing is lost. */
  @Nullable Finding first() {
    return lost.isEmpty() ? disproven : lost.getFirst();
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
      lost.addAll(Preconditions.policies(facts.admission().guardsLost(isolation)));
      if (isolation == Plan.Isolation.SANDBOXED) {
        status.runtimes().forEach(runtime -> lost.addAll(sandbox(runtime, facts)));
      }
      lost.addAll(plan == null ? engine(status, facts) : Preconditions.network(plan, facts));
      lost.removeIf(finding -> !finding.blocks());
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

  /** Whether the plan required an engine follows from the tenant's condition. */
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
}
