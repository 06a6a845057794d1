package dev.berth.api.plans;

import dev.berth.api.plans.PlanViews.PlanDetail;
import dev.berth.api.plans.PlanViews.PlanList;
import dev.berth.api.problem.NothingThere;
import dev.berth.api.problem.Parameters;
import dev.berth.catalogue.Catalogue;
import dev.berth.catalogue.PlanDirectory;
import dev.berth.tenant.PlanRef;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plans, to read. */
@Path("/api/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
class PlanResource {

  private static final String RULE = "the number of a version";

  private final PlanShelf shelf;
  private final PlanDirectory directory;

  PlanResource(PlanShelf shelf, PlanDirectory directory) {
    this.shelf = shelf;
    this.directory = directory;
  }

  @GET
  public PlanList list(UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    return shelf.list();
  }

  @GET
  @Path("{name}")
  public PlanDetail get(@PathParam("name") String name, UriInfo request) {
    Parameters parameters = new Parameters(request.getQueryParameters(), Set.of("from", "to"));
    PlanRef from = parameters.read("from", text -> version(name, text), RULE);
    PlanRef to = parameters.read("to", text -> version(name, text), RULE);
    parameters.check();
    PlanRef wanted = to == null ? new PlanRef(name, null) : to;
    return shelf.detail(known(wanted), from == null ? null : known(from));
  }

  private static Optional<PlanRef> version(String name, @Nullable String text) {
    return PlanRef.parse("any@" + text).map(any -> new PlanRef(name, any.version()));
  }

  private Catalogue.Release known(PlanRef ref) {
    return directory
        .current()
        .release(ref)
        .orElseThrow(() -> new NothingThere("The catalogue has no plan " + ref + "."));
  }
}
