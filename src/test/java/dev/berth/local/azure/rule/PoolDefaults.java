package dev.berth.local.azure.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** An answer shows more than was sent: AKS fills in what a client left open. */
public final class PoolDefaults {
  private static final ObjectNode DEFAULTS =
      read(
          """
          {"osType": "Linux", "osSKU": "Ubuntu", "mode": "User", "type": "VirtualMachineScaleSets",
           "workloadRuntime": "OCIContainer", "maxPods": 250, "osDiskSizeGB": 128, "osDiskType": "Managed",
           "kubeletDiskType": "OS", "scaleDownMode": "Delete", "enableAutoScaling": false,
           "enableFIPS": false, "enableNodePublicIP": false, "orchestratorVersion": "1.36",
           "currentOrchestratorVersion": "1.36.3", "powerState": {"code": "Running"},
           "securityProfile": {"enableVTPM": false, "enableSecureBoot": false},
           "upgradeSettings": {"maxSurge": "10%"}}
          """);

  private PoolDefaults() {}

  /**
   * What a PUT leaves out stays as it was, or becomes what AKS would choose.
   *
   * @param before properties of the pool, missing if it is new
   */
  public static ObjectNode completed(JsonNode before, ObjectNode wanted) {
    ObjectNode pool = JsonNodeFactory.instance.objectNode();
    before.properties().forEach(known -> pool.set(known.getKey(), known.getValue().deepCopy()));
    pool.setAll(wanted);
    fill(pool, DEFAULTS);
    if (!pool.path("enableAutoScaling").asBoolean()) {
      pool.remove("minCount");
      pool.remove("maxCount");
    }
    boolean kata = pool.path("workloadRuntime").asText().startsWith("Kata");
    pool.put(
        "nodeImageVersion",
        kata ? "AKSAzureLinux-V3katagen2-202510.19.1" : "AKSUbuntu-2204gen2containerd-202510.19.1");
    return pool;
  }

  private static void fill(ObjectNode object, ObjectNode defaults) {
    for (Map.Entry<String, JsonNode> entry : defaults.properties()) {
      JsonNode known = object.get(entry.getKey());
      if (known == null) {
        object.set(entry.getKey(), entry.getValue().deepCopy());
      } else if (known instanceof ObjectNode inner) {
        fill(inner, (ObjectNode) entry.getValue());
      }
    }
  }

  private static ObjectNode read(String json) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
