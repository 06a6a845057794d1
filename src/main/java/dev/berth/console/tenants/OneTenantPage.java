package dev.berth.console.tenants;

import dev.berth.api.KnownTenants;
import dev.berth.console.Frame.PagePlace;
import dev.berth.console.Rendering;
import dev.berth.console.Screen;
import dev.berth.console.live.PageStreams;
import dev.berth.tenant.Tenant;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** One tenant: why it is as it is, and all that is known of it. */
@Path("/tenants/{id}")
@Produces(Rendering.HTML)
class OneTenantPage {

  private final Rendering rendering;
  private final KnownTenants tenants;
  private final TenantPanels panels;

  OneTenantPage(Rendering rendering, KnownTenants tenants, TenantPanels panels) {
    this.rendering = rendering;
    this.tenants = tenants;
    this.panels = panels;
  }

  @GET
  public Response get(@PathParam("id") String id, @Context HttpHeaders request) {
    Tenant tenant = tenants.known(id);
    PagePlace place = new PagePlace(id, Screen.TENANTS, PageStreams.of(tenant));
    return rendering.page(request, place, panels.of(tenant));
  }
}
