package dev.berth.api.plans;

import dev.berth.api.plans.PlanViews.PlanDetail;
import dev.berth.api.plans.PlanViews.PlanList;
import dev.berth.api.problem.Parameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** The plans, to read. */
@Path("/api/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
class PlanResource {

  private final PlanShelf shelf;

  PlanResource(PlanShelf shelf) {
    this.shelf = shelf;
  }

  @GET
  public PlanList list(UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    return shelf.list();
  }

  @GET
  @Path("{name}")
  public PlanDetail get(@PathParam("name") String name, UriInfo request) {
    return shelf.asked(name, request.getQueryParameters());
  }
}
