package dev.berth.console.capacity;

import dev.berth.api.capacity.Capacity;
import dev.berth.api.capacity.CapacityView;
import dev.berth.api.pools.KnownPools;
import dev.berth.console.Panel;
import dev.berth.console.Rendering;
import dev.berth.console.Screen;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What the nodes for sandboxes have, who waits for room, and the node pools. */
@Path("/capacity")
@Produces(Rendering.HTML)
class CapacityPage {

  private final Rendering rendering;
  private final Capacity capacity;
  private final KnownPools pools;

  CapacityPage(Rendering rendering, Capacity capacity, KnownPools pools) {
    this.rendering = rendering;
    this.capacity = capacity;
    this.pools = pools;
  }

  @GET
  public Response get(@Context HttpHeaders request) {
    return rendering.page(
        request,
        "Capacity",
        Screen.CAPACITY,
        List.of(
            Panel.live("rooms", "Room for sandboxes", this::rooms),
            Panel.live("line", "Waiting for room", this::line),
            Panel.live("nodepools", "Node pools", this::nodePools)));
  }

  private TemplateInstance rooms() {
    CapacityView now = capacity.latest();
    return CapacityTemplates.rooms(
        now.factsKnown(), now.pools().stream().map(RoomRow::of).toList());
  }

  private TemplateInstance line() {
    return CapacityTemplates.line(
        capacity.latest().pools().stream().filter(pool -> pool.line() != null).toList());
  }

  private TemplateInstance nodePools() {
    return CapacityTemplates.nodepools(
        pools.list().stream().map(NodePoolRow::of).toList(), pools.off());
  }
}
