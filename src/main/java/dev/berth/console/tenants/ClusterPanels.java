package dev.berth.console.tenants;

import dev.berth.console.Panel;
import dev.berth.plan.capacity.Usage;
import dev.berth.store.tenants.Verifications;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;

/** What a tenant has in the cluster, and what was proven there. */
@ApplicationScoped
class ClusterPanels {

  private final Usage.Quotas quotas;
  private final Verifications verifications;

  ClusterPanels(Usage.Quotas quotas, Verifications verifications) {
    this.quotas = quotas;
    this.verifications = verifications;
  }

  Panel room(Tenant tenant) {
    return Panel.live("room", "Namespaces and sandboxes", () -> shownRoom(tenant));
  }

  Panel isolation(Tenant tenant) {
    return Panel.live("isolation", "Isolation report", () -> shownIsolation(tenant));
  }

  private TemplateInstance shownRoom(Tenant tenant) {
    return TenantsTemplates.room(TenantRoom.of(tenant, quotas));
  }

  private TemplateInstance shownIsolation(Tenant tenant) {
    String progress =
        tenant
            .status()
            .conditions()
            .get(ConditionType.IsolationVerified)
            .filter(begun -> begun.reason() == Reason.VerificationUnfinished)
            .map(Condition::message)
            .orElse("");
    return TenantsTemplates.isolation(
        verifications
            .find(tenant.id())
            .filter(report -> report.incarnation() == tenant.incarnation())
            .orElse(null),
        verifications.dueAt(tenant.id()).orElse(null),
        progress);
  }
}
