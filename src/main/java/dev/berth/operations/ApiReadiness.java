package dev.berth.operations;

import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether callers of the API are to be sent to this replica: once it was ready for all of its work,
 * and from then on, because the API answers through outages. So a rollout with settings that do not
 * work ends at its first replica, and an outage takes no address from the Service.
 */
@HealthGroup("api")
@ApplicationScoped
class ApiReadiness implements HealthCheck {

  private final SmallRyeHealthReporter reporter;
  private volatile boolean been;

  ApiReadiness(SmallRyeHealthReporter reporter) {
    this.reporter = reporter;
  }

  @Override
  public HealthCheckResponse call() {
    been = been || !reporter.getReadiness().isDown();
    var response = HealthCheckResponse.named("api").status(been);
    return been
        ? response.build()
        : response.withData("waitsFor", "/q/health/ready to be UP for the first time").build();
  }
}
