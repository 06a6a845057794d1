package dev.berth.console.plans;

import dev.berth.api.plans.PlanShelf;
import dev.berth.api.plans.PlanViews.PlanDetail;
import dev.berth.console.Panel;
import dev.berth.console.Rendering;
import dev.berth.console.Screen;
import dev.berth.console.Terms;
import dev.berth.provisioning.observation.FieldChange;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;

/** The catalogue, and one plan of it beside another version. */
@Path("/plans")
@Produces(Rendering.HTML)
class PlansPage {

  private final Rendering rendering;
  private final PlanShelf shelf;

  PlansPage(Rendering rendering, PlanShelf shelf) {
    this.rendering = rendering;
    this.shelf = shelf;
  }

  @GET
  public Response list(@Context HttpHeaders request) {
    return rendering.page(
        request,
        "Plans",
        Screen.PLANS,
        List.of(Panel.live("plans", "Catalogue", () -> PlansTemplates.catalogue(shelf.list()))));
  }

  @GET
  @Path("{name}")
  public Response one(@PathParam("name") String name, UriInfo asked, @Context HttpHeaders request) {
    Terms terms = new Terms(asked.getQueryParameters());
    PlanDetail plan = shelf.asked(name, terms.parameters());
    List<FieldChange> fields = FieldChange.between(Map.of(), plan.document());
    return rendering.page(
        request,
        "Plan %s@%d".formatted(plan.edition().name(), plan.edition().version()),
        Screen.PLANS,
        List.of(
            Panel.still("versions", "Versions", () -> PlansTemplates.versions(plan, terms)),
            Panel.still(
                "budget",
                "Quotas that follow",
                () -> PlansTemplates.budget(plan, QuotaTable.all(plan.budget()))),
            Panel.still("fields", "All fields", () -> PlansTemplates.fields(fields))));
  }
}
