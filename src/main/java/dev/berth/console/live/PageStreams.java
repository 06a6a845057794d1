package dev.berth.console.live;

import dev.berth.api.KnownTenants;
import dev.berth.api.live.LiveEvent;
import dev.berth.api.live.Streams;
import dev.berth.tenant.Tenant;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/**
 * What an open page listens to: {@code changed} when it is behind, so that it asks for its panels
 * again, and {@code alive}. Nothing of a tenant is in it.
 */
@Path(PageStreams.ALL)
@Produces(MediaType.SERVER_SENT_EVENTS)
public class PageStreams {

  /** The address for a page that shows any tenants. */
  public static final String ALL = "/live";

  private final KnownTenants tenants;
  private final Streams streams;

  PageStreams(KnownTenants tenants, Streams streams) {
    this.tenants = tenants;
    this.streams = streams;
  }

  /** The address for a page that shows the tenant as it is here. */
  public static String of(Tenant tenant) {
    return "%s/tenants/%s?after=%d".formatted(ALL, tenant.id(), tenant.status().sequence());
  }

  @GET
  @ResponseHeader(name = Streams.BUFFERING, value = "no")
  @ResponseHeader(name = Streams.CACHING, value = "no-store")
  public Multi<OutboundSseEvent> changes(@Context Sse sse, @Context RoutingContext call) {
    return streams.changes(() -> call.response().reset()).map(event -> event.written(sse));
  }

  @GET
  @Path("tenants/{id}")
  @Blocking
  @ResponseHeader(name = Streams.BUFFERING, value = "no")
  @ResponseHeader(name = Streams.CACHING, value = "no-store")
  public Multi<OutboundSseEvent> changesOf(
      @PathParam("id") String id,
      @QueryParam("after") @Nullable String shown,
      @HeaderParam("Last-Event-ID") @Nullable String told,
      @Context Sse sse,
      @Context RoutingContext call) {
    Tenant tenant = tenants.known(id);
    Multi<LiveEvent> changes =
        streams.changesOf(tenant, told == null ? shown : told, () -> call.response().reset());
    return changes.map(event -> event.written(sse));
  }
}
