package dev.berth.console.quarantine;

import dev.berth.api.Needs;
import dev.berth.api.Role;
import dev.berth.api.quarantine.KnownRecords;
import dev.berth.api.quarantine.Payloads;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** What a record held, as a file. A form asks for it, as that somebody read it is kept. */
@Path("/quarantine/{id}/payload")
class PayloadDownload {

  private final Payloads payloads;
  private final KnownRecords records;

  PayloadDownload(Payloads payloads, KnownRecords records) {
    this.payloads = payloads;
    this.records = records;
  }

  @POST
  @Needs(Role.OPERATOR)
  public Response download(@PathParam("id") String id) {
    return payloads.download(id);
  }

  /** Where a browser ends up that signed in on the way to the form. */
  @GET
  public Response back(@PathParam("id") String id) {
    return Response.seeOther(URI.create("/quarantine/" + records.known(id).record().id())).build();
  }
}
