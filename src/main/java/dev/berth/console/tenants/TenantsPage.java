package dev.berth.console.tenants;

import dev.berth.api.tenants.TenantQuery;
import dev.berth.api.tenants.TenantViews;
import dev.berth.console.Frame.PagePlace;
import dev.berth.console.Panel;
import dev.berth.console.Rendering;
import dev.berth.console.Screen;
import dev.berth.console.Terms;
import dev.berth.console.live.PageStreams;
import dev.berth.store.search.TenantSearch;
import dev.berth.tenant.TenantId;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** Pages of tenants; the address says which. */
@Path("/tenants")
@Produces(Rendering.HTML)
class TenantsPage {

  private final Rendering rendering;
  private final TenantSearch search;
  private final TenantViews views;

  TenantsPage(Rendering rendering, TenantSearch search, TenantViews views) {
    this.rendering = rendering;
    this.search = search;
    this.views = views;
  }

  @GET
  public Response get(UriInfo asked, @Context HttpHeaders request) {
    Terms terms = new Terms(asked.getQueryParameters());
    TenantQuery query = TenantQuery.of(terms.parameters());
    return rendering.page(
        request,
        new PagePlace("Tenants", Screen.TENANTS, PageStreams.ALL),
        List.of(
            Panel.still("filter", "Filter", () -> TenantsTemplates.filter(new FilterForm(terms))),
            Panel.live("list", "Tenants", () -> list(query, terms))));
  }

  private TemplateInstance list(TenantQuery query, Terms terms) {
    TenantSearch.Page page = search.page(query.filter(), query.after(), query.limit());
    List<TenantRow> rows = page.tenants().stream().map(views::asOfNow).map(TenantRow::of).toList();
    Terms first = terms.without("cursor");
    TenantId last = page.last();
    return TenantsTemplates.list(
        rows,
        new Paging(
            terms.value("cursor").isEmpty() ? "" : first.on("/tenants"),
            last == null ? "" : first.with("cursor", query.cursor(last)).on("/tenants"),
            !first.without("limit").isEmpty()));
  }
}
