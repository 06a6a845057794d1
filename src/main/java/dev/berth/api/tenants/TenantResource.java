package dev.berth.api.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.KnownTenants;
import dev.berth.api.live.PhaseWaits;
import dev.berth.api.live.Wish;
import dev.berth.api.live.Wish.End;
import dev.berth.api.problem.NothingThere;
import dev.berth.api.problem.Parameters;
import dev.berth.store.search.TenantSearch;
import dev.berth.store.tenants.Verifications;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The tenants, to read. What is answered is described in META-INF/openapi.yaml. */
@Path("/api/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
class TenantResource {

  private final TenantSearch search;
  private final KnownTenants tenants;
  private final Verifications verifications;
  private final TenantViews views;
  private final TenantDetails details;
  private final PhaseWaits waiting;

  TenantResource(
      TenantSearch search,
      KnownTenants tenants,
      Verifications verifications,
      TenantViews views,
      TenantDetails details,
      PhaseWaits waiting) {
    this.search = search;
    this.tenants = tenants;
    this.verifications = verifications;
    this.views = views;
    this.details = details;
    this.waiting = waiting;
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
  @Blocking
  public Uni<RestResponse<JsonNode>> get(@PathParam("id") String id, UriInfo request) {
    Wish wish = Wish.of(request.getQueryParameters());
    Tenant tenant = tenants.known(id);
    return wish.phases().isEmpty()
        ? Uni.createFrom().item(tagged(tenant, details.of(tenant)))
        : waiting.until(tenant.id(), wish).map(end -> waited(id, end));
  }

  private RestResponse<JsonNode> waited(String id, End end) {
    Tenant tenant = tenants.known(id);
    RestResponse<JsonNode> answer = tagged(tenant, details.of(tenant));
    answer.getHeaders().putSingle("Berth-Wait", end);
    return answer;
  }

  @GET
  @Path("{id}/explain")
  public RestResponse<ExplanationView> explain(@PathParam("id") String id, UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    Tenant tenant = tenants.known(id);
    return tagged(tenant, views.explanation(tenant));
  }

  @GET
  @Path("{id}/isolation")
  public IsolationView isolation(@PathParam("id") String id, UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    Tenant tenant = tenants.known(id);
    return verifications
        .find(tenant.id())
        .filter(report -> report.incarnation() == tenant.incarnation())
        .map(IsolationView::of)
        .orElseThrow(() -> notVerifiedYet(tenant));
  }

  private static <T> RestResponse<T> tagged(Tenant tenant, T view) {
    return ResponseBuilder.ok(view).header(HttpHeaders.ETAG, TenantTag.of(tenant)).build();
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
}
