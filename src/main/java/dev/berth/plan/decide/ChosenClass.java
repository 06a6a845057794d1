package dev.berth.plan.decide;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work.Finding;
import dev.berth.tenant.Desired.Move;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Status;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The class that a tenant's sandboxes run in. None for shared plans; else the first that there is
 * of: the one that an operator ordered this tenant into, the one that the settings move tenants of
 * its class to, the one recorded for it, and, where its plan changes, the one that is best now.
 *
 * @param sandbox null = there is none
 * @param fault why a plan that needs one has none
 */
public record ChosenClass(@Nullable SandboxClass sandbox, @Nullable Finding fault) {

  private static final ChosenClass NOT_REQUIRED = new ChosenClass(null, null);

  /** The class that is kept as long as nobody moves the tenant. */
  public static ChosenClass kept(Status status, Plan plan, ClusterFacts facts) {
    return of(status, null, plan, facts, Map.of());
  }

  /**
   * A class that is not there moves nobody, whoever names it; nor does one that has another handler
   * than when the tenant was ordered into it.
   *
   * @param order which {@link #heeded holds} under the plan; null = none
   * @param moves to which class the settings move tenants of which one
   */
  static ChosenClass of(
      Status status,
      @Nullable Move order,
      Plan plan,
      ClusterFacts facts,
      Map<String, String> moves) {
    if (plan.isolation() == Plan.Isolation.SHARED) {
      return NOT_REQUIRED;
    }
    SandboxClass ordered = order == null ? null : same(order.to(), facts);
    return ordered == null ? unordered(status, plan, facts, moves) : new ChosenClass(ordered, null);
  }

  private static ChosenClass unordered(
      Status status, Plan plan, ClusterFacts facts, Map<String, String> moves) {
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

  /**
   * What is left of an order under the plan: it stands until another one replaces it or the life of
   * the tenant ends, whatever becomes of the class; but another plan ends it if the class is unfit
   * for that. Null = nothing.
   */
  static @Nullable Move heeded(@Nullable Move order, Plan plan, ClusterFacts facts) {
    if (order == null || !facts.known() || plan.id().equals(order.plan())) {
      return order;
    }
    SandboxClass now = same(order.to(), facts);
    return now == null || unfit(order.to(), plan, facts).isPresent()
        ? null
        : order.found(new RuntimeClass(now.name(), now.handler()), plan.id());
  }

  /** Why no tenant of the plan can be moved to the class; empty = it can. */
  static Optional<String> unfit(RuntimeClass to, Plan plan, ClusterFacts facts) {
    if (plan.isolation() == Plan.Isolation.SHARED) {
      return Optional.of("plan %s is shared: its pods run in no RuntimeClass".formatted(plan.id()));
    }
    SandboxClass now = same(to, facts);
    if (now == null) {
      return Optional.of(
          "the cluster has no RuntimeClass %s for sandboxes; name one of %s"
              .formatted(to.name(), facts.classes().stream().map(SandboxClass::name).toList()));
    }
    return Optional.of(Preconditions.nodes(plan, now))
        .filter(Finding::blocks)
        .map(Finding::message);
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
                      + " restore it, or move the tenant to another class (berth move), or all of them (berth.capacity.moves)")
                  .formatted(recorded.name(), recorded.handler())));
    }
    return recorded.hasHandler(now.handler())
        ? new ChosenClass(now, null)
        : new ChosenClass(
            null,
            fault(
                Reason.RuntimeClassAltered,
                ("RuntimeClass %s has handler %s, the tenant's sandboxes run in handler %s; restore it, or move"
                        + " the tenant to another class (berth move), or all of them (berth.capacity.moves)")
                    .formatted(recorded.name(), now.handler(), recorded.handler())));
  }

  private static @Nullable SandboxClass named(String name, ClusterFacts facts) {
    return facts.classes().stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
  }

  private static @Nullable SandboxClass same(RuntimeClass known, ClusterFacts facts) {
    SandboxClass now = named(known.name(), facts);
    return now != null && known.hasHandler(now.handler()) ? now : null;
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
