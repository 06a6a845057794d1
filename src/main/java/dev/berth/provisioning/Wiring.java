package dev.berth.provisioning;

import dev.berth.event.Decoder;
import dev.berth.event.StatusEvents;
import dev.berth.plan.Planner;
import dev.berth.tenant.Admission;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Gives the pure parts their configuration. */
class Wiring {

  @Produces
  @DefaultBean
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Decoder decoder(ProvisioningConfig config) {
    return new Decoder(config.events().sources());
  }

  @Produces
  @Singleton
  StatusEvents statusEvents(ProvisioningConfig config) {
    return new StatusEvents(config.cluster());
  }

  @Produces
  @Singleton
  Planner planner() {
    return new Planner();
  }

  @Produces
  @Singleton
  Admission admission(ProvisioningConfig config) {
    return new Admission(config.cluster(), config.events().generationGap());
  }
}
