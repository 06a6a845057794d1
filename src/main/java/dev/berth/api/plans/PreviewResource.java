package dev.berth.api.plans;

import dev.berth.api.KnownTenants;
import dev.berth.api.problem.NothingThere;
import dev.berth.api.problem.Parameters;
import dev.berth.catalogue.PlanDirectory;
import dev.berth.plan.Plan;
import dev.berth.plan.Work.Finding;
import dev.berth.provisioning.observation.Preview;
import dev.berth.provisioning.observation.Preview.ObjectChange;
import dev.berth.tenant.Desired.Mode;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.Tenant;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What another plan would do to a tenant. */
@Path("/api/v1/tenants/{id}/preview")
@Produces(MediaType.APPLICATION_JSON)
class PreviewResource {

  private static final String RULE = "name or name@version";

  /** Of this replica: each one asks the API server dozens of times. */
  private static final Turns TURNS = new Turns(4);

  private final KnownTenants tenants;
  private final PlanDirectory plans;
  private final Preview preview;

  PreviewResource(KnownTenants tenants, PlanDirectory plans, Preview preview) {
    this.tenants = tenants;
    this.plans = plans;
    this.preview = preview;
  }

  /**
   * The answer.
   *
   * @param plan that the tenant would be on
   * @param held what would keep the change from being made
   */
  record PreviewView(
      String tenantId, String plan, List<Finding> held, List<ObjectChange> objects) {}

  @GET
  public PreviewView get(@PathParam("id") String id, UriInfo request) {
    Parameters parameters = new Parameters(request.getQueryParameters(), Set.of("plan"));
    PlanRef wanted = parameters.required("plan", PlanRef::parse, RULE);
    parameters.check();
    Tenant tenant = tenants.known(id);
    Plan plan = plan(wanted);
    if (tenant.desired().mode() == Mode.OFFBOARDED || tenant.desired().spec() == null) {
      throw new NothingThere("Tenant " + id + " leaves, or never came: it gets no plan.");
    }
    return TURNS
        .take(() -> preview.of(tenant.id(), plan.id()))
        .map(it -> new PreviewView(id, plan.id().toString(), it.held(), it.objects()))
        .orElseThrow(() -> new NothingThere("There is no tenant with this id."));
  }

  private Plan plan(@Nullable PlanRef wanted) {
    return Optional.ofNullable(wanted)
        .flatMap(plans.current()::find)
        .orElseThrow(() -> new NothingThere("The catalogue has no plan " + wanted + "."));
  }
}
