package dev.berth.api.itself;

import dev.berth.api.problem.Parameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** The replica that answers. It does so also while nothing else can be answered. */
@Path("/api/v1/berth")
@Produces(MediaType.APPLICATION_JSON)
class BerthResource {

  private final BerthItself berth;

  BerthResource(BerthItself berth) {
    this.berth = berth;
  }

  @GET
  public BerthView get(UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    return berth.now();
  }
}
