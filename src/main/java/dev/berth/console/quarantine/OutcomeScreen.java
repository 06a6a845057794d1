package dev.berth.console.quarantine;

import dev.berth.api.problem.NothingThere;
import dev.berth.console.Panel;
import dev.berth.console.Rendering;
import dev.berth.console.Screen;
import dev.berth.console.Terms;
import dev.berth.console.actions.ActionsPanel;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.Actions;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;

/** What came of an action on many records, and where to go on. */
@Path(OutcomeScreen.FOLDER + "{id}")
@Produces(Rendering.HTML)
class OutcomeScreen {

  static final String FOLDER = "/quarantine/done/";

  private final Rendering rendering;
  private final Actions actions;
  private final ActionsPanel panels;

  OutcomeScreen(Rendering rendering, Actions actions, ActionsPanel panels) {
    this.rendering = rendering;
    this.actions = actions;
    this.panels = panels;
  }

  @GET
  public Response get(@PathParam("id") UUID id, UriInfo asked, @Context HttpHeaders request) {
    Action action =
        actions
            .find(id)
            .orElseThrow(() -> new NothingThere("There is no action with this id, or no longer."));
    Terms filter = new Terms(asked.getQueryParameters()).without("cursor");
    return rendering.page(
        request,
        "Action " + id,
        Screen.QUARANTINE,
        List.of(
            panels.outcome(action),
            Panel.live(
                "further",
                "Go on",
                () ->
                    QuarantineTemplates.further(
                        filter.with("state", "open").on("/quarantine"), rest(action, filter)))));
  }

  /** What was left behind; empty = nothing. */
  private static String rest(Action action, Terms filter) {
    var after = action.result().after();
    String cursor = after == null ? "" : after.path("nextCursor").asText("");
    return cursor.isEmpty()
        ? ""
        : filter.with("cursor", cursor).on(ManyForm.FOLDER + action.kind().word());
  }
}
