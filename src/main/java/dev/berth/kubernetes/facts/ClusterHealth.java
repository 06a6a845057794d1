package dev.berth.kubernetes.facts;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the cluster was read in full; until then every tenant stays closed. Says how old what
 * is known is, what it waits for since when, what cannot be read, and what is not as it must be.
 */
@Readiness
@ApplicationScoped
class ClusterHealth implements HealthCheck {

  private final ClusterWatch watch;

  ClusterHealth(ClusterWatch watch) {
    this.watch = watch;
  }

  @Override
  public HealthCheckResponse call() {
    boolean known = watch.get().known();
    var response = HealthCheckResponse.named("kubernetes").status(known);
    if (!known) {
      response
          .withData("waitsFor", String.join(", ", watch.awaited().what()))
          .withData("since", watch.awaited().since().toString());
    }
    if (!watch.readAt().equals(Instant.MIN)) {
      response.withData("readAt", watch.readAt().toString());
    }
    response.withData("heard", watch.heard());
    List<String> troubles = watch.troubles();
    return troubles.isEmpty()
        ? response.build()
        : response.withData("faults", String.join("; ", troubles)).build();
  }
}
