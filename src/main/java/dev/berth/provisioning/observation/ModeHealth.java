package dev.berth.provisioning.observation;

import dev.berth.provisioning.ProvisioningConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Says whether Berth works or observes, in readiness and at start. Nobody is less ready for it. */
@Readiness
@ApplicationScoped
class ModeHealth implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(ModeHealth.class);

  private final ProvisioningConfig config;

  ModeHealth(ProvisioningConfig config) {
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    if (config.mode().observes()) {
      LOG.warn(
          "berth.mode is observe: records are taken in and plans made, but nothing is written to Kubernetes or Azure, and no tenant gets ready; with berth.mode=work all that waits is done");
    } else {
      LOG.info("berth.mode is work");
    }
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("mode")
        .up()
        .withData("mode", config.mode().name().toLowerCase(Locale.ROOT))
        .build();
  }
}
