package dev.berth.local.azure.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.rule.VmSize;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** A pool whose nodes are up. */
public record ReadyPool(String name, VmSize size, ObjectNode properties) {

  public ReadyPool {
    properties = properties.deepCopy();
  }

  public int count() {
    return properties.path("count").asInt();
  }

  public int maxPods() {
    return properties.path("maxPods").asInt();
  }

  public String workloadRuntime() {
    return properties.path("workloadRuntime").asText();
  }

  public String osSku() {
    return properties.path("osSKU").asText();
  }

  public String mode() {
    return properties.path("mode").asText();
  }

  public Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    properties
        .path("nodeLabels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  public List<String> taints() {
    return StreamSupport.stream(properties.path("nodeTaints").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
