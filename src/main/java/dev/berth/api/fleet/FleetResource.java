package dev.berth.api.fleet;

import dev.berth.api.problem.Parameters;
import dev.berth.store.search.Fleet;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** What needs a person, of all tenants. */
@Path("/api/v1/fleet")
@Produces(MediaType.APPLICATION_JSON)
class FleetResource {

  private final Fleet fleet;

  FleetResource(Fleet fleet) {
    this.fleet = fleet;
  }

  @GET
  public FleetView get(UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    return FleetView.of(fleet.phases(), fleet.unsettled());
  }
}
