package dev.berth.api.fleet;

import dev.berth.api.problem.Parameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** What needs a person. */
@Path("/api/v1/fleet")
@Produces(MediaType.APPLICATION_JSON)
class FleetResource {

  private final FleetOverview fleet;

  FleetResource(FleetOverview fleet) {
    this.fleet = fleet;
  }

  @GET
  public FleetView get(UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    return fleet.now();
  }
}
