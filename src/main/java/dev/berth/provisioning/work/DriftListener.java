package dev.berth.provisioning.work;

import dev.berth.plan.Resource;
import dev.berth.provisioning.Drift;
import dev.berth.provisioning.Metrics;
import dev.berth.store.tenants.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Re-checks the tenant immediately, whatever caused the drift. What goes along with a namespace
 * that leaves is none.
 */
@ApplicationScoped
class DriftListener {

  private final Tenants tenants;
  private final Metrics metrics;

  DriftListener(Tenants tenants, Metrics metrics) {
    this.tenants = tenants;
    this.metrics = metrics;
  }

  void onDrift(@Observes Drift drift) {
    boolean woken =
        drift.kind() == Resource.Kind.Namespace
            ? tenants.makeDue(drift.namespace())
            : tenants.makeStayingDue(drift.namespace());
    if (woken) {
      metrics.detected(drift.kind());
    }
  }
}
