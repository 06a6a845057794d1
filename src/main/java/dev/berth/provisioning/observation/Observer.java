package dev.berth.provisioning.observation;

import static java.util.stream.Collectors.toSet;

import dev.berth.plan.SandboxClass.Canary;
import dev.berth.provisioning.Backoff;
import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.Loop;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.work.Planning.Planned;
import dev.berth.provisioning.work.WakeUps;
import dev.berth.provisioning.work.WakeUps.Sight;
import dev.berth.store.tenants.Tenants;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In the place of the worker while Berth observes. Nothing is claimed, recorded or announced, so
 * the worker finds waiting whatever waits.
 */
@ApplicationScoped
class Observer {

  private static final Backoff AFTER_FAILURE =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final Rehearsal rehearsal;
  private final Glance glance;
  private final Observations observations;
  private final WakeUps wakeUps;
  private final Tenants tenants;
  private final Lifetime lifetime;
  private final ProvisioningConfig config;

  private @Nullable Sight seen;
  private Instant again = Instant.MIN;

  Observer(
      Rehearsal rehearsal,
      Glance glance,
      Observations observations,
      WakeUps wakeUps,
      Tenants tenants,
      Lifetime lifetime,
      ProvisioningConfig config) {
    this.rehearsal = rehearsal;
    this.glance = glance;
    this.observations = observations;
    this.wakeUps = wakeUps;
    this.tenants = tenants;
    this.lifetime = lifetime;
    this.config = config;
  }

  void start(@Observes StartupEvent event, Clock clock) {
    if (config.mode().observes()) {
      String complaint = "what would be done cannot be told";
      Loop.start(lifetime, "berth-observer", complaint, AFTER_FAILURE, () -> round(clock));
    }
  }

  /** After a request, a drift, or a change of what is known; and on a slow timer. */
  private void round(Clock clock) throws InterruptedException {
    lifetime.awaitServing();
    boolean due = tenants.awaitDue(config.work().poll());
    Sight now = wakeUps.look();
    Sight before = seen;
    boolean changed = before == null || !before.outlook().equals(now.outlook());
    if (due || changed || clock.instant().isAfter(again)) {
      observe(now);
      seen = now;
      again = clock.instant().plus(config.work().blockedRecheck());
    }
  }

  void observe(Sight now) {
    boolean untried = now.facts().classes().stream().anyMatch(c -> c.canary() == Canary.UNPROVEN);
    List<Planned> all = rehearsal.planAll(now.facts().asPromised());
    all.forEach(each -> observations.tell(each.tenant().id(), glance.at(each, untried)));
    observations.keep(all.stream().map(each -> each.tenant().id()).collect(toSet()));
  }
}
