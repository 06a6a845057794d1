package dev.berth.operations;

import dev.berth.plan.ClusterFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the cluster was read in full; until then every tenant stays closed. */
@Readiness
@ApplicationScoped
class KubernetesReadiness implements HealthCheck {

  private final Supplier<ClusterFacts> facts;

  KubernetesReadiness(Supplier<ClusterFacts> facts) {
    this.facts = facts;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("kubernetes").status(facts.get().known()).build();
  }
}
