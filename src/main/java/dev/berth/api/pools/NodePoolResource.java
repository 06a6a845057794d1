package dev.berth.api.pools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.api.Timeline;
import dev.berth.api.problem.NothingThere;
import dev.berth.api.problem.Parameters;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.nodepool.NodePool;
import dev.berth.provisioning.ProvisioningConfig;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The node pools that Berth looks after, to read: the data of their events. */
@Path("/api/v1/node-pools")
@Produces(MediaType.APPLICATION_JSON)
class NodePoolResource {

  private final KnownPools pools;
  private final Timeline timeline;
  private final StatusEvents events;
  private final ObjectMapper json;
  private final String topic;

  NodePoolResource(
      KnownPools pools,
      Timeline timeline,
      StatusEvents events,
      ObjectMapper json,
      ProvisioningConfig config) {
    this.pools = pools;
    this.timeline = timeline;
    this.events = events;
    this.json = json;
    this.topic = config.topics().nodePools();
  }

  @GET
  public NodePoolList list(UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    return new NodePoolList(pools.list().stream().<JsonNode>map(this::item).toList());
  }

  @GET
  @Path("{name}")
  public JsonNode get(@PathParam("name") String name, UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    NodePool pool =
        pools.list().stream()
            .filter(known -> known.name().value().equals(name))
            .findFirst()
            .orElseThrow(() -> new NothingThere(nothing()));
    ObjectNode view = item(pool);
    view.set("timeline", json.valueToTree(timeline.of(topic, name)));
    return view;
  }

  private String nothing() {
    return pools.off()
        ? "This Berth looks after no node pools: berth.azure.mode is off."
        : "There is no node pool of this name, or it was not looked at yet.";
  }

  private ObjectNode item(NodePool pool) {
    try {
      return (ObjectNode) json.readTree(events.data(pool));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
