package dev.berth.plan.decide;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work.Finding;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Status;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The class that a tenant's sandboxes run in: the one recorded for it, until its plan changes or an
 * operator moves it. Neither for shared plans.
 *
 * @param sandbox null = there is none
 * @param fault why a plan that needs one has none
 */
public record ChosenClass(@Nullable SandboxClass sandbox, @Nullable Finding fault) {

  private static final ChosenClass NOT_REQUIRED = new ChosenClass(null, null);

  /**
   * Keeps the class recorded for the tenant, unless its plan changes or an operator moves it.
   *
   * @param moves to which class an operator moves tenants of which one; a class that is not there
   *     moves nobody
   */
  public static ChosenClass of(
      Status status, Plan plan, ClusterFacts facts, Map<String, String> moves) {
    if (plan.isolation() == Plan.Isolation.SHARED) {
      return NOT_REQUIRED;
    }
    List<RuntimeClass> recorded = status.runtimes();
    boolean stays = !recorded.isEmpty() && plan.id().equals(status.appliedPlan());
    SandboxClass chosen = stays ? null : facts.sandboxFor(plan.sandbox());
    String from = stays ? recorded.getLast().name() : chosen == null ? "" : chosen.name();
    SandboxClass moved = named(moves.getOrDefault(from, ""), facts);
    if (moved != null) {
      return new ChosenClass(moved, null);
    }
    if (stays) {
      return recorded(recorded.getLast(), facts);
    }
    return chosen == null ? none(plan) : new ChosenClass(chosen, null);
  }

  /** The class as it was recorded, if it is that still. */
  static ChosenClass recorded(RuntimeClass recorded, ClusterFacts facts) {
    SandboxClass now = named(recorded.name(), facts);
    if (now == null) {
      return new ChosenClass(
          null,
          fault(
              Reason.RuntimeClassMissing,
              ("RuntimeClass %s with handler %s, which the tenant's sandboxes run in, is missing or has another handler;"
                      + " restore it, or move its tenants to another class (berth.capacity.moves)")
                  .formatted(recorded.name(), recorded.handler())));
    }
    return recorded.hasHandler(now.handler())
        ? new ChosenClass(now, null)
        : new ChosenClass(
            null,
            fault(
                Reason.RuntimeClassAltered,
                ("RuntimeClass %s has handler %s, the tenant's sandboxes run in handler %s; restore it, or move its"
                        + " tenants to another class (berth.capacity.moves)")
                    .formatted(recorded.name(), now.handler(), recorded.handler())));
  }

  private static @Nullable SandboxClass named(String name, ClusterFacts facts) {
    return facts.classes().stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
  }

  private static ChosenClass none(Plan plan) {
    return new ChosenClass(
        null,
        fault(
            Reason.RuntimeClassMissing,
            "the cluster has no RuntimeClass for sandboxes, which plan "
                + plan.id()
                + " needs; add a node pool with workload runtime KataVmIsolation, or a RuntimeClass with handler kata"));
  }

  private static Finding fault(Reason reason, String message) {
    return new Finding(ConditionType.RuntimeEnforced, reason, message);
  }
}
