package dev.berth.provisioning.observation;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Work.Finding;
import dev.berth.provisioning.actions.ActionRefused;
import dev.berth.provisioning.actions.MoveTrial;
import dev.berth.provisioning.work.Planning;
import dev.berth.provisioning.work.Planning.Planned;
import dev.berth.store.actions.Tryout;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Desired.Move;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Reason.Weight;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Says what a move would lead to by planning it, room included, and undoing that. */
@ApplicationScoped
class RehearsedMove implements MoveTrial {

  private final Planning planning;
  private final Tenants tenants;
  private final Tryout tryout;
  private final Supplier<ClusterFacts> facts;

  RehearsedMove(Planning planning, Tenants tenants, Tryout tryout, Supplier<ClusterFacts> facts) {
    this.planning = planning;
    this.tenants = tenants;
    this.tryout = tryout;
    this.facts = facts;
  }

  @Override
  public Move accepted(Tenant tenant, Move order) {
    ClusterFacts now = facts.get().asPromised();
    String to = order.to().name();
    if (planning.runtime(tenant, now).filter(to::equals).isPresent()) {
      throw ActionRefused.notPossible(
          tenant, "it runs in RuntimeClass %s already, or is on its way there".formatted(to));
    }
    Planned planned = tryout.undone(() -> plan(tenant, order, now));
    Move kept = planned.tenant().orders().move();
    if (kept == null) {
      throw ActionRefused.notPossible(
          tenant, planning.unfit(tenant, order.to(), now).orElse("the class is unfit"));
    }
    held(planned)
        .ifPresent(why -> {
          throw ActionRefused.notPossible(tenant, why);
        });
    return kept;
  }

  private Planned plan(Tenant tenant, Move order, ClusterFacts now) {
    Tenant ordered = tenant.ordered(tenant.orders().moved(order));
    return planning.plan(tenants.unclaimed(List.of(ordered)).getFirst(), now);
  }

  /** What would hold the tenant back that does not end by itself. */
  private static Optional<String> held(Planned planned) {
    return planned.work().findings().stream()
        .filter(Finding::blocks)
        .filter(finding -> finding.reason().weight() != Weight.WAIT)
        .map(Finding::message)
        .findFirst();
  }
}
