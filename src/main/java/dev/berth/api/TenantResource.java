package dev.berth.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.outbox.Outbox;
import dev.berth.store.tenants.Tenants;
import dev.berth.store.tenants.Verifications;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** The tenants, to read. What is answered is described in META-INF/openapi.yaml. */
@Path("/api/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
class TenantResource {

  private static final int TIMELINE = 20;

  private final Tenants tenants;
  private final Outbox outbox;
  private final Verifications verifications;
  private final TenantViews views;
  private final String lifecycle;

  TenantResource(
      Tenants tenants,
      Outbox outbox,
      Verifications verifications,
      TenantViews views,
      ProvisioningConfig config) {
    this.tenants = tenants;
    this.outbox = outbox;
    this.verifications = verifications;
    this.views = views;
    this.lifecycle = config.topics().lifecycle();
  }

  @GET
  public TenantPage list(UriInfo request) {
    TenantQuery query = TenantQuery.of(request.getQueryParameters());
    Tenants.Page page = tenants.list(query.phase(), query.plan(), query.after(), query.limit());
    TenantId last = page.last();
    return new TenantPage(
        page.tenants().stream().<JsonNode>map(views::item).toList(),
        last == null ? null : query.cursor(last));
  }

  @GET
  @Path("{id}")
  public JsonNode get(@PathParam("id") String id, UriInfo request) {
    new Parameters(request.getQueryParameters(), Set.of()).check();
    Tenant tenant = known(id);
    return views.detail(tenant, outbox.latest(lifecycle, tenant.id(), TIMELINE));
  }

  @GET
  @Path("{id}/isolation")
  public IsolationView isolation(@PathParam("id") String id, UriInfo request) {
    new Parameters(request.getQueryParameters(), Set.of()).check();
    Tenant tenant = known(id);
    return verifications
        .find(tenant.id())
        .filter(report -> report.incarnation() == tenant.incarnation())
        .map(IsolationView::of)
        .orElseThrow(() -> new NotVerifiedYet(tenant.id(), verifications.dueAt(tenant.id())));
  }

  private Tenant known(String id) {
    return TenantId.parse(id)
        .flatMap(tenants::find)
        // Without a step nothing was ever said about the tenant.
        .filter(tenant -> tenant.status().sequence() > 0)
        .orElseThrow(() -> new NotFoundException("There is no tenant with this id."));
  }
}
