package dev.berth.console;

import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.TenantId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leads to the tenant whose id was typed, or to those whose ids begin with it. */
@Path("/search")
class SearchBox {

  private final Tenants tenants;

  SearchBox(Tenants tenants) {
    this.tenants = tenants;
  }

  @GET
  public Response search(@QueryParam("q") @Nullable String typed) {
    String id = typed == null ? "" : typed.strip();
    Terms terms = new Terms(Map.of("q", List.of(id)));
    String place =
        TenantId.parse(id)
            .flatMap(tenants::find)
            .map(tenant -> "/tenants/" + tenant.id())
            .orElseGet(() -> terms.on("/tenants"));
    return Response.seeOther(URI.create(place)).build();
  }
}
