package dev.berth.api.actions;

import dev.berth.api.problem.NothingThere;
import dev.berth.api.problem.Parameters;
import dev.berth.store.actions.Actions;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;

/** Single actions, to read. */
@Path("/api/v1/actions")
@Produces(MediaType.APPLICATION_JSON)
class ActionResource {

  private final Actions actions;

  ActionResource(Actions actions) {
    this.actions = actions;
  }

  @GET
  @Path("{id}")
  public ActionView get(@PathParam("id") String id, UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    return uuid(id)
        .flatMap(actions::find)
        .map(ActionView::of)
        .orElseThrow(() -> new NothingThere("There is no action with this id, or no longer."));
  }

  private static Optional<UUID> uuid(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }
}
