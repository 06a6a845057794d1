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
import dev.berth.provisioning.pools.PoolConfig;
import dev.berth.provisioning.pools.PoolConfig.AzureMode;
import dev.berth.store.pools.NodePools;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The node pools that Berth looks after, to read: the data of their events. Where it looks after
 * none, what a former mode left behind is not shown.
 */
@Path("/api/v1/node-pools")
@Produces(MediaType.APPLICATION_JSON)
class NodePoolResource {

  private final NodePools pools;
  private final Timeline timeline;
  private final StatusEvents events;
  private final ObjectMapper json;
  private final String topic;
  private final boolean off;

  NodePoolResource(
      NodePools pools,
      Timeline timeline,
      StatusEvents events,
      ObjectMapper json,
      ProvisioningConfig config,
      PoolConfig mode) {
    this.pools = pools;
    this.timeline = timeline;
    this.events = events;
    this.json = json;
    this.topic = config.topics().nodePools();
    this.off = mode.mode() == AzureMode.OFF;
  }

  @GET
  public NodePoolList list(UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    return new NodePoolList(announced().<JsonNode>map(this::item).toList());
  }

  @GET
  @Path("{name}")
  public JsonNode get(@PathParam("name") String name, UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    NodePool pool =
        announced()
            .filter(known -> known.name().value().equals(name))
            .findFirst()
            .orElseThrow(() -> new NothingThere(nothing()));
    ObjectNode view = item(pool);
    view.set("timeline", json.valueToTree(timeline.of(topic, name)));
    return view;
  }

  /** Without a step nothing was ever said about a pool. */
  private Stream<NodePool> announced() {
    List<NodePool> known = off ? List.of() : pools.list();
    return known.stream().filter(pool -> pool.progress().announced() > 0);
  }

  private String nothing() {
    return off
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
