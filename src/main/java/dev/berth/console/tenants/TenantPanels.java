package dev.berth.console.tenants;

import dev.berth.api.Timeline;
import dev.berth.api.tenants.TenantViews;
import dev.berth.console.Panel;
import dev.berth.console.actions.ActionsPanel;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.observation.Observation;
import dev.berth.provisioning.observation.Observations;
import dev.berth.store.inbox.Requests;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantSpec;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the page of a tenant consists of. */
@ApplicationScoped
class TenantPanels {

  private final TenantViews views;
  private final Requests requests;
  private final Timeline timeline;
  private final ClusterPanels cluster;
  private final Observations observations;
  private final ActionsPanel acting;
  private final String lifecycle;

  TenantPanels(
      TenantViews views,
      Requests requests,
      Timeline timeline,
      ClusterPanels cluster,
      Observations observations,
      ActionsPanel acting,
      ProvisioningConfig config) {
    this.views = views;
    this.requests = requests;
    this.timeline = timeline;
    this.cluster = cluster;
    this.observations = observations;
    this.acting = acting;
    this.lifecycle = config.topics().lifecycle();
  }

  List<Panel> of(Tenant tenant) {
    Stream<Panel> always =
        Stream.of(
            Panel.live("state", "How it is, and why", () -> state(tenant)),
            acting.offers(tenant),
            Panel.live("conditions", "Conditions", () -> conditions(tenant)),
            Panel.live("timeline", "Timeline", () -> timeline(tenant)),
            acting.past(tenant),
            Panel.live("request", "Last request not applied", () -> request(tenant)),
            cluster.room(tenant),
            cluster.isolation(tenant));
    Stream<Panel> sometimes =
        Stream.concat(
            observations.of(tenant.id()).map(TenantPanels::observed).stream(),
            Optional.ofNullable(tenant.desired().spec()).map(TenantPanels::snapshot).stream());
    return Stream.concat(always, sometimes).toList();
  }

  private TemplateInstance state(Tenant tenant) {
    TenantRow row = TenantRow.of(views.asOfNow(tenant));
    return TenantsTemplates.state(row, TenantStory.of(tenant, views.explanation(tenant)));
  }

  private static TemplateInstance conditions(Tenant tenant) {
    return TenantsTemplates.conditions(
        tenant.status().conditions().list().stream().map(ConditionRow::of).toList());
  }

  private TemplateInstance timeline(Tenant tenant) {
    return TenantsTemplates.timeline(
        timeline.of(lifecycle, tenant.id().value()).stream().map(StepRow::of).toList());
  }

  private TemplateInstance request(Tenant tenant) {
    return TenantsTemplates.request(requests.latestNotApplied(tenant.id()).orElse(null));
  }

  private static Panel observed(Observation observed) {
    return Panel.live("observed", "What Berth would do", () -> TenantsTemplates.observed(observed));
  }

  private static Panel snapshot(TenantSpec spec) {
    return Panel.live(
        "snapshot",
        "Snapshot in force, as it was sent",
        () -> TenantsTemplates.snapshot(spec.document().lines().toList()));
  }
}
