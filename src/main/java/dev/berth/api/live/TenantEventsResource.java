package dev.berth.api.live;

import dev.berth.api.KnownTenants;
import dev.berth.api.problem.Parameters;
import dev.berth.tenant.Tenant;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** The steps of one tenant as they are announced, each once and without gaps. */
@Path("/api/v1/tenants/{id}/events")
@Produces(MediaType.SERVER_SENT_EVENTS)
class TenantEventsResource {

  private final KnownTenants tenants;
  private final Streams streams;

  TenantEventsResource(KnownTenants tenants, Streams streams) {
    this.tenants = tenants;
    this.streams = streams;
  }

  @GET
  @Blocking
  @ResponseHeader(name = Streams.BUFFERING, value = "no")
  @ResponseHeader(name = Streams.CACHING, value = "no-store")
  public Multi<OutboundSseEvent> follow(
      @PathParam("id") String id,
      @HeaderParam("Last-Event-ID") @Nullable String last,
      UriInfo request,
      @Context Sse sse,
      @Context RoutingContext call) {
    Parameters.refuseAll(request.getQueryParameters());
    Tenant tenant = tenants.known(id);
    return streams
        .steps(tenant, last, () -> call.response().reset())
        .map(event -> event.written(sse));
  }
}
