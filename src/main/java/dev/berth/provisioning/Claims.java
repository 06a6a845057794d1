package dev.berth.provisioning;

import dev.berth.plan.ClusterFacts;
import dev.berth.provisioning.Planning.Planned;
import dev.berth.store.Claim;
import dev.berth.store.Tenants;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * TX2: takes due tenants and plans their work, so that what is planned is stored before it is
 * carried out.
 */
@ApplicationScoped
class Claims {

  private final String owner = UUID.randomUUID().toString();
  private final Tenants tenants;
  private final Planning planning;
  private final Announcer announcer;
  private final ProvisioningConfig.Work pace;
  private final Clock clock;

  Claims(
      Tenants tenants,
      Planning planning,
      Announcer announcer,
      ProvisioningConfig config,
      Clock clock) {
    this.tenants = tenants;
    this.planning = planning;
    this.announcer = announcer;
    this.pace = config.work();
    this.clock = clock;
  }

  /** A claimed tenant and what is to be done for it before {@code deadline}. */
  record Task(Claim claim, Planned planned, Instant deadline) {}

  /**
   * @param sight that all of them are planned with
   */
  List<Task> take(int limit, Sight sight) {
    Instant deadline = clock.instant().plus(pace.lease()).minus(pace.leaseMargin());
    return QuarkusTransaction.requiringNew()
        .call(() ->
            tenants.claimDue(owner, limit, pace.lease(), sight.outlook()).stream()
                .map(claim -> new Task(claim, begin(claim, sight.facts()), deadline))
                .toList());
  }

  private Planned begin(Claim claim, ClusterFacts facts) {
    Planned planned = planning.plan(claim, facts);
    if (planned.work().isBlocked()) {
      return planned;
    }
    Tenant before = planned.tenant();
    Tenant begun = Assessment.begun(before, clock.instant());
    Tenant stored =
        Assessment.step(before, begun)
            .map(step -> announcer.announce(step, before, begun))
            .orElse(begun);
    if (!stored.equals(claim.tenant())) {
      tenants.lock(claim);
      tenants.remember(stored);
    }
    return new Planned(stored, planned.work());
  }
}
