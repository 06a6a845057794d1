package dev.berth.local.azure.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.wire.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The fields of a pool in api-version 2025-09-01. AKS decodes strictly: an unknown field, a wrong
 * JSON type or a word outside an enum is a 400. Clients check none of that.
 */
public final class PoolFields {
  private static final Set<String> TOP = Set.of("id", "name", "type", "properties");

  /** Sent back by whoever read them before, and ignored. */
  private static final Set<String> READ_ONLY =
      Set.of(
          "eTag",
          "currentOrchestratorVersion",
          "nodeImageVersion",
          "provisioningState",
          "status",
          "virtualMachineNodesStatus");

  private static final Map<JsonNodeType, Set<String>> TYPES =
      Map.of(
          JsonNodeType.NUMBER,
          words("count maxCount maxPods minCount osDiskSizeGB spotMaxPrice"),
          JsonNodeType.BOOLEAN,
          words(
              "enableAutoScaling enableEncryptionAtHost enableFIPS enableNodePublicIP enableUltraSSD"),
          JsonNodeType.ARRAY,
          words("availabilityZones nodeTaints"),
          JsonNodeType.OBJECT,
          words(
              "artifactStreamingProfile creationData gatewayProfile gpuProfile kubeletConfig linuxOSConfig"
                  + " localDNSProfile networkProfile nodeLabels powerState securityProfile tags"
                  + " upgradeSettings virtualMachinesProfile windowsProfile"),
          JsonNodeType.STRING,
          words(
              "capacityReservationGroupID gpuInstanceProfile hostGroupID kubeletDiskType messageOfTheDay"
                  + " mode nodePublicIPPrefixID orchestratorVersion osDiskType osSKU osType"
                  + " podIPAllocationMode podSubnetID proximityPlacementGroupID scaleDownMode"
                  + " scaleSetEvictionPolicy scaleSetPriority type vmSize vnetSubnetID workloadRuntime"));

  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "kubeletDiskType", words("OS Temporary"),
          "mode", words("System User Gateway"),
          "osDiskType", words("Managed Ephemeral"),
          "osSKU",
              words(
                  "Ubuntu Ubuntu2204 Ubuntu2404 AzureLinux AzureLinux3 CBLMariner Windows2019 Windows2022"),
          "osType", words("Linux Windows"),
          "scaleDownMode", words("Delete Deallocate"),
          "scaleSetPriority", words("Regular Spot"),
          "type", words("VirtualMachineScaleSets AvailabilitySet VirtualMachines"),
          "workloadRuntime", words("OCIContainer WasmWasi KataVmIsolation"));

  private static final Map<String, Set<String>> NESTED =
      Map.of(
          "securityProfile", words("enableVTPM enableSecureBoot"),
          "artifactStreamingProfile", words("enabled"),
          "powerState", words("code"),
          "upgradeSettings",
              words(
                  "maxSurge maxUnavailable drainTimeoutInMinutes nodeSoakDurationInMinutes undrainableNodeBehavior"));

  private static final Map<String, JsonNodeType> FIELDS = fields();

  private PoolFields() {}

  /** What a client asks for. */
  public static ObjectNode read(ObjectNode body) {
    refuseOthers(body, TOP);
    ObjectNode wanted = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : body.path("properties").properties()) {
      if (!READ_ONLY.contains(field.getKey()) && !field.getValue().isNull()) {
        check(field.getKey(), field.getValue());
        wanted.set(field.getKey(), field.getValue().deepCopy());
      }
    }
    return wanted;
  }

  static Refusal invalid(String field, String message) {
    return Refusal.ofAks(400, "InvalidParameter", message).about("agentPoolProfile." + field);
  }

  private static void check(String field, JsonNode value) {
    JsonNodeType type = FIELDS.get(field);
    if (type == null) {
      throw unknown(field);
    }
    if (value.getNodeType() != type) {
      throw undecodable(
          "json: cannot unmarshal %s into field %s"
              .formatted(value.getNodeType().name().toLowerCase(Locale.ROOT), field));
    }
    if (WORDS.containsKey(field) && !WORDS.get(field).contains(value.asText())) {
      throw invalid(
          field,
          "The value '%s' of parameter agentPoolProfile.%s is invalid. Allowed values: %s."
              .formatted(value.asText(), field, WORDS.get(field).stream().sorted().toList()));
    }
    if (NESTED.containsKey(field)) {
      refuseOthers(value, NESTED.get(field));
    }
  }

  private static void refuseOthers(JsonNode object, Set<String> known) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!known.contains(field.getKey())) {
        throw unknown(field.getKey());
      }
    }
  }

  private static Refusal unknown(String field) {
    return undecodable("json: unknown field \"%s\"".formatted(field));
  }

  private static Refusal undecodable(String why) {
    return Refusal.ofAks(400, "UnmarshalError", "UnmarshalEntity encountered error: " + why);
  }

  private static Map<String, JsonNodeType> fields() {
    Map<String, JsonNodeType> fields = new TreeMap<>();
    TYPES.forEach((type, names) -> names.forEach(name -> fields.put(name, type)));
    return fields;
  }

  private static Set<String> words(String text) {
    return Set.copyOf(List.of(text.split(" ")));
  }
}
