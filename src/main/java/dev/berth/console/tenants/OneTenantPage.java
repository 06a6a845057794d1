package dev.berth.console.tenants;

import dev.berth.api.problem.NothingThere;
import dev.berth.console.Rendering;
import dev.berth.console.Screen;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
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
  private final Tenants tenants;
  private final TenantPanels panels;

  OneTenantPage(Rendering rendering, Tenants tenants, TenantPanels panels) {
    this.rendering = rendering;
    this.tenants = tenants;
    this.panels = panels;
  }

  @GET
  public Response get(@PathParam("id") String id, @Context HttpHeaders request) {
    Tenant tenant =
        TenantId.parse(id)
            .flatMap(tenants::find)
            .filter(known -> known.status().sequence() > 0)
            .orElseThrow(() -> new NothingThere(nothing(id)));
    return rendering.page(request, id, Screen.TENANTS, panels.of(tenant));
  }

  private static String nothing(String id) {
    return "There is no tenant %s, or nothing was ever said about it. Look for the beginning of its id with the search."
        .formatted(id);
  }
}
