package dev.berth.console.quarantine;

import dev.berth.api.Authority;
import dev.berth.api.Role;
import dev.berth.api.problem.Parameters;
import dev.berth.api.quarantine.QuarantineQuery;
import dev.berth.console.Panel;
import dev.berth.console.Rendering;
import dev.berth.console.Screen;
import dev.berth.console.Terms;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.quarantine.QuarantineSearch;
import dev.berth.store.quarantine.QuarantineSearch.Mark;
import dev.berth.store.quarantine.QuarantinedRecord.RecordState;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records that were not taken, newest first; the address says which. */
@Path("/quarantine")
@Produces(Rendering.HTML)
class QuarantineScreen {

  private static final List<String> STATES =
      Arrays.stream(RecordState.values()).map(RecordState::word).toList();

  private final Rendering rendering;
  private final QuarantineSearch search;
  private final Authority authority;
  private final SecurityIdentity caller;

  QuarantineScreen(
      Rendering rendering, QuarantineSearch search, Authority authority, SecurityIdentity caller) {
    this.rendering = rendering;
    this.search = search;
    this.authority = authority;
    this.caller = caller;
  }

  @GET
  public Response get(UriInfo asked, @Context HttpHeaders request) {
    Terms terms = new Terms(asked.getQueryParameters());
    Parameters parameters = new Parameters(terms.parameters(), QuarantineQuery.PARAMETERS);
    QuarantineQuery query = QuarantineQuery.of(parameters, QuarantineQuery.state(parameters));
    int limit = parameters.limit();
    parameters.check();
    List<Panel> panels = new ArrayList<>();
    panels.add(Panel.still("filter", "Filter", () -> QuarantineTemplates.filter(terms, STATES)));
    panels.add(Panel.live("list", "Records that were not taken", () -> list(query, limit, terms)));
    RecordState state = query.filter().state();
    boolean open = state == null || state == RecordState.OPEN;
    if (open && authority.has(caller, Role.OPERATOR)) {
      panels.add(Panel.still("many", "All open ones that the filter finds", () -> many(terms)));
    }
    return rendering.page(request, "Quarantine", Screen.QUARANTINE, panels);
  }

  private static TemplateInstance many(Terms terms) {
    Terms filter = terms.without("state").without("limit").without("cursor");
    return QuarantineTemplates.many(
        filter.on(ManyForm.FOLDER + ActionKind.REPLAY.word()),
        filter.on(ManyForm.FOLDER + ActionKind.DISCARD.word()));
  }

  private TemplateInstance list(QuarantineQuery query, int limit, Terms terms) {
    QuarantineSearch.QuarantinePage page = search.newest(query.filter(), query.after(), limit);
    Terms first = terms.without("cursor");
    Mark last = page.last();
    return QuarantineTemplates.list(
        page.records().stream().map(RecordRow::of).toList(),
        terms.value("cursor").isEmpty() ? "" : first.on("/quarantine"),
        last == null ? "" : first.with("cursor", last.cursor(query.filter())).on("/quarantine"));
  }
}
