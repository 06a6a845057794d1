package dev.berth.kubernetes.policy;

import dev.berth.plan.ClusterFacts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * Which of the policies that guard tenants are in the cluster as they were shipped, as metrics: 1 =
 * policy and binding are, or still are those of the previous release; 0 = one is missing or
 * altered; NaN = the cluster is not known.
 */
@Singleton
class PolicyGauges {

  private final Supplier<ClusterFacts> facts;
  private final MeterRegistry registry;

  PolicyGauges(Supplier<ClusterFacts> facts, MeterRegistry registry) {
    this.facts = facts;
    this.registry = registry;
  }

  void onStart(@Observes StartupEvent start) {
    ShippedPolicies.load().objects().stream()
        .filter(PolicyObject::guards)
        .map(PolicyObject::name)
        .distinct()
        .forEach(policy ->
            Gauge.builder("berth.sandbox.enforced", () -> enforced(policy))
                .description("Whether a policy that guards tenants is as it was shipped")
                .tag("policy", policy)
                .strongReference(true)
                .register(registry));
  }

  private double enforced(String policy) {
    ClusterFacts now = facts.get();
    if (!now.known()) {
      return Double.NaN;
    }
    boolean broken =
        now.admission().faults().stream()
            .anyMatch(fault -> fault.guards() && fault.object().endsWith(" " + policy));
    return broken ? 0 : 1;
  }
}
