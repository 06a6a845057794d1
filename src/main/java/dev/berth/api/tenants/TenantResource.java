package dev.berth.api.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.Timeline;
import dev.berth.api.problem.NothingThere;
import dev.berth.api.problem.Parameters;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.inbox.Requests;
import dev.berth.store.search.TenantSearch;
import dev.berth.store.tenants.Tenants;
import dev.berth.store.tenants.Verifications;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** The tenants, to read. What is answered is described in META-INF/openapi.yaml. */
@Path("/api/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
class TenantResource {

  private final TenantSearch search;
  private final Tenants tenants;
  private final Requests requests;
  private final Timeline timeline;
  private final Verifications verifications;
  private final TenantViews views;
  private final String lifecycle;

  TenantResource(
      TenantSearch search,
      Tenants tenants,
      Requests requests,
      Timeline timeline,
      Verifications verifications,
      TenantViews views,
      ProvisioningConfig config) {
    this.search = search;
    this.tenants = tenants;
    this.requests = requests;
    this.timeline = timeline;
    this.verifications = verifications;
    this.views = views;
    this.lifecycle = config.topics().lifecycle();
  }

  @GET
  public TenantPage list(UriInfo request) {
    TenantQuery query = TenantQuery.of(request.getQueryParameters());
    TenantSearch.Page page = search.page(query.filter(), query.after(), query.limit());
    TenantId last = page.last();
    return new TenantPage(
        page.tenants().stream().<JsonNode>map(views::item).toList(),
        last == null ? null : query.cursor(last));
  }

  @GET
  @Path("{id}")
  public JsonNode get(@PathParam("id") String id, UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    Tenant tenant = known(id);
    return views.detail(
        tenant,
        requests.latestNotApplied(tenant.id()),
        timeline.of(lifecycle, tenant.id().value()));
  }

  @GET
  @Path("{id}/explain")
  public ExplanationView explain(@PathParam("id") String id, UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    return views.explanation(known(id));
  }

  @GET
  @Path("{id}/isolation")
  public IsolationView isolation(@PathParam("id") String id, UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    Tenant tenant = known(id);
    return verifications
        .find(tenant.id())
        .filter(report -> report.incarnation() == tenant.incarnation())
        .map(IsolationView::of)
        .orElseThrow(() -> notVerifiedYet(tenant));
  }

  private NothingThere notVerifiedYet(Tenant tenant) {
    return new NothingThere(
        "The isolation of tenant %s has not been verified yet: it is due %s%s."
            .formatted(
                tenant.id(),
                verifications
                    .dueAt(tenant.id())
                    .map(at -> "at " + at)
                    .orElse("once the tenant is READY, shortly after"),
                tenant
                    .status()
                    .conditions()
                    .get(ConditionType.IsolationVerified)
                    .filter(begun -> begun.reason() == Reason.VerificationUnfinished)
                    .map(begun -> "; " + begun.message())
                    .orElse("")));
  }

  private Tenant known(String id) {
    return TenantId.parse(id)
        .flatMap(tenants::find)
        // Without a step nothing was ever said about the tenant.
        .filter(tenant -> tenant.status().sequence() > 0)
        .orElseThrow(() -> new NotFoundException("There is no tenant with this id."));
  }
}
