package dev.berth.provisioning.work;

import dev.berth.plan.Plan;
import dev.berth.provisioning.Plans;
import dev.berth.provisioning.actions.Settlement;
import dev.berth.store.tenants.Claim;
import dev.berth.tenant.Admission;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Phase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** What follows once everything of a tenant is there, or is gone. */
@ApplicationScoped
class Departure {

  private final Settlement settlement;
  private final Placing placing;
  private final Plans plans;
  private final Clock clock;

  Departure(Settlement settlement, Placing placing, Plans plans, Clock clock) {
    this.settlement = settlement;
    this.placing = placing;
    this.plans = plans;
    this.clock = clock;
  }

  /** How long the tenant waited for the room that it has. */
  Duration waited(Tenant tenant) {
    return placing.waited(tenant);
  }

  /** The actions on the tenant that the claim carried out are over. */
  void settle(Claim claim, Tenant tenant) {
    settlement.looked(claim, tenant);
  }

  /**
   * A tenant that is gone takes no room any more, and a snapshot that waited for its end begins the
   * next incarnation; any other tenant stays as it is.
   */
  Tenant follow(Tenant tenant) {
    if (tenant.phase() != Phase.OFFBOARDED) {
      return tenant;
    }
    placing.release(tenant);
    TenantSpec next = tenant.desired().next();
    if (next == null) {
      return tenant;
    }
    PlanVersion plan = plans.named(next.plan()).map(Plan::id).orElse(null);
    return Admission.reborn(tenant, plan, clock.instant());
  }
}
