package dev.berth.provisioning.intake;

import dev.berth.event.incoming.Incoming;
import dev.berth.plan.Plan;
import dev.berth.provisioning.Plans;
import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Admission;
import dev.berth.tenant.Admission.Decision;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request does to its tenant, by the plans and the time of now. The same for who takes it in
 * and for who only wants to know; changes nothing.
 */
@ApplicationScoped
class RequestRules {

  private final Tenants tenants;
  private final Plans plans;
  private final Admission admission;
  private final Clock clock;

  RequestRules(Tenants tenants, Plans plans, Admission admission, Clock clock) {
    this.tenants = tenants;
    this.plans = plans;
    this.admission = admission;
    this.clock = clock;
  }

  /** The verdict on a request that came too late to be looked at. */
  Optional<Verdict> expired(Incoming.Request incoming) {
    return incoming.expiry() != null && incoming.expiry().isBefore(tenants.now())
        ? Optional.of(
            Verdict.of(Ruling.EXPIRED, "its expirytime %s had passed".formatted(incoming.expiry())))
        : Optional.empty();
  }

  Decision decide(@Nullable Tenant known, Incoming.Request incoming) {
    Admission.Surroundings around =
        around(plans.named(incoming.request()), incoming.envelope().cause());
    return admission.decide(known, incoming.request(), around);
  }

  Admission.Surroundings around(@Nullable Plan plan, Cause cause) {
    if (plan == null) {
      return new Admission.Surroundings(null, null, cause, clock.instant());
    }
    Plan.Count count = plan.sandbox().count();
    return new Admission.Surroundings(
        plan.id(), new Admission.Bounds(count.min(), count.max()), cause, clock.instant());
  }
}
