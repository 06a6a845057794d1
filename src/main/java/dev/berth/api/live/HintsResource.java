package dev.berth.api.live;

import dev.berth.api.problem.Parameters;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jboss.resteasy.reactive.ResponseHeader;

/** Which tenants change, as they do; whoever cares reads them. */
@Path("/api/v1/events")
@Produces(MediaType.SERVER_SENT_EVENTS)
class HintsResource {

  private final Streams streams;

  HintsResource(Streams streams) {
    this.streams = streams;
  }

  @GET
  @ResponseHeader(name = Streams.BUFFERING, value = "no")
  @ResponseHeader(name = Streams.CACHING, value = "no-store")
  public Multi<OutboundSseEvent> hints(
      UriInfo request, @Context Sse sse, @Context RoutingContext call) {
    Parameters.refuseAll(request.getQueryParameters());
    return streams.hints(() -> call.response().reset()).map(event -> event.written(sse));
  }
}
