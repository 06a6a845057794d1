package dev.berth.provisioning;

import dev.berth.event.incoming.Decoder;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.plan.decide.Planner;
import dev.berth.tenant.Admission;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** Gives the pure parts their configuration. */
class Wiring {

  private static final Logger LOG = Logger.getLogger(Wiring.class);

  @Produces
  @DefaultBean
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Decoder decoder(ProvisioningConfig config) {
    Set<String> sources = config.events().sources().orElse(Set.of());
    if (sources.isEmpty()) {
      LOG.warn(
          "no source may send tenant events, so every record will be refused: name the sources in berth.events.sources");
    }
    return new Decoder(Map.of(config.topics().events(), sources));
  }

  @Produces
  @Singleton
  StatusEvents statusEvents(ProvisioningConfig config) {
    return new StatusEvents(config.cluster());
  }

  @Produces
  @Singleton
  Planner planner(ProvisioningConfig config) {
    return new Planner(config.capacity().moves());
  }

  @Produces
  @Singleton
  Admission admission(ProvisioningConfig config) {
    ProvisioningConfig.EventSettings events = config.events();
    return new Admission(config.cluster(), events.generationGap(), events.awaitCreated());
  }
}
