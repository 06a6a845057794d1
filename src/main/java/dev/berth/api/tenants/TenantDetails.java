package dev.berth.api.tenants;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.Timeline;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.inbox.Requests;
import dev.berth.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;

/** Brings together what the API shows of a single tenant. */
@ApplicationScoped
class TenantDetails {

  private final TenantViews views;
  private final Requests requests;
  private final Timeline timeline;
  private final String lifecycle;

  TenantDetails(
      TenantViews views, Requests requests, Timeline timeline, ProvisioningConfig config) {
    this.views = views;
    this.requests = requests;
    this.timeline = timeline;
    this.lifecycle = config.topics().lifecycle();
  }

  ObjectNode of(Tenant tenant) {
    return views.detail(
        tenant,
        requests.latestNotApplied(tenant.id()),
        timeline.of(lifecycle, tenant.id().value()));
  }
}
