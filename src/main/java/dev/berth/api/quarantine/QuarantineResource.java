package dev.berth.api.quarantine;

import dev.berth.api.Needs;
import dev.berth.api.Role;
import dev.berth.api.actions.ActionView;
import dev.berth.api.problem.Parameters;
import dev.berth.provisioning.intake.Redrive;
import dev.berth.store.actions.Actions;
import dev.berth.store.quarantine.Letter;
import dev.berth.store.quarantine.QuarantineSearch;
import dev.berth.store.quarantine.QuarantineSearch.Mark;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;

/** The records that Berth did not take, to read. */
@Path("/api/v1/quarantine")
@Produces(MediaType.APPLICATION_JSON)
class QuarantineResource {

  private final QuarantineSearch search;
  private final KnownRecords records;
  private final Redrive redrive;
  private final Actions actions;
  private final Payloads payloads;

  QuarantineResource(
      QuarantineSearch search,
      KnownRecords records,
      Redrive redrive,
      Actions actions,
      Payloads payloads) {
    this.search = search;
    this.records = records;
    this.redrive = redrive;
    this.actions = actions;
    this.payloads = payloads;
  }

  @GET
  public RecordPage list(UriInfo request) {
    Parameters parameters =
        new Parameters(request.getQueryParameters(), QuarantineQuery.PARAMETERS);
    QuarantineQuery query = QuarantineQuery.of(parameters, QuarantineQuery.state(parameters));
    int limit = parameters.limit();
    parameters.check();
    QuarantineSearch.QuarantinePage page = search.newest(query.filter(), query.after(), limit);
    Mark last = page.last();
    return new RecordPage(
        page.records().stream().map(RecordView::of).toList(),
        last == null ? null : last.cursor(query.filter()));
  }

  @GET
  @Path("{id}")
  public RecordDetail get(@PathParam("id") String id, UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    Letter letter = records.known(id);
    UUID action = letter.record().fate().action();
    return RecordDetail.of(
        redrive.recalled(letter),
        letter.kept().payload(),
        action == null ? null : actions.find(action).map(ActionView::of).orElse(null));
  }

  @GET
  @Path("{id}/payload")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Needs(Role.OPERATOR)
  public Response payload(@PathParam("id") String id, UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    return payloads.download(id);
  }
}
