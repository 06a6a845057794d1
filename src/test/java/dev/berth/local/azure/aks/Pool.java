package dev.berth.local.azure.aks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.wire.Course.Fault;
import java.util.UUID;

/** A node pool: its properties as the API shows them. */
final class Pool {
  static final String TYPE = "Microsoft.ContainerService/managedClusters/agentPools";

  private final String id;
  private final String name;
  private ObjectNode properties;

  Pool(String clusterId, String name, ObjectNode properties) {
    this.id = clusterId + "/agentPools/" + name;
    this.name = name;
    this.properties = properties;
  }

  String name() {
    return name;
  }

  ObjectNode properties() {
    return properties;
  }

  String eTag() {
    return properties.path("eTag").asText();
  }

  String text(String property) {
    return properties.path(property).asText();
  }

  int count() {
    return properties.path("count").asInt();
  }

  /** Every change has a new tag. */
  Pool becomes(ObjectNode wanted, String state) {
    properties = wanted;
    properties.put("provisioningState", state);
    properties.put("eTag", UUID.randomUUID().toString());
    return this;
  }

  void ends(String state, Fault fault) {
    properties.remove("status");
    if (!fault.code().isEmpty()) {
      properties.putObject("status").set("provisioningError", Operation.json(fault));
    }
    becomes(properties, state);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id).put("name", name).put("type", TYPE);
    json.set("properties", properties.deepCopy());
    return json;
  }

  /** As the cluster lists it among its profiles. */
  ObjectNode profile() {
    return JsonNodeFactory.instance.objectNode().put("name", name).setAll(properties.deepCopy());
  }
}
