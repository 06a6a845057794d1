package dev.berth.local.azure.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A VM size of {@code azure/vm-sizes.json}; whether it can nest is not among its capabilities. */
public record VmSize(JsonNode row) {
  private static final List<String> CAPABILITIES =
      List.of(
          "vCPUs",
          "MemoryGB",
          "HyperVGenerations",
          "CpuArchitectureType",
          "TrustedLaunchDisabled",
          "ConfidentialComputingType");

  public static Map<String, VmSize> all() {
    Map<String, VmSize> sizes = new LinkedHashMap<>();
    try (InputStream in = VmSize.class.getResourceAsStream("/azure/vm-sizes.json")) {
      new ObjectMapper()
          .readTree(in)
          .forEach(row -> sizes.put(row.path("name").asText(), new VmSize(row)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sizes;
  }

  public String name() {
    return row.path("name").asText();
  }

  public int vCpus() {
    return row.path("vCPUs").asInt();
  }

  public int memoryGb() {
    return row.path("MemoryGB").asInt();
  }

  String family() {
    return row.path("family").asText();
  }

  boolean isGeneration2() {
    return row.path("HyperVGenerations").asText().contains("V2");
  }

  boolean canNest() {
    return row.path("nested").asBoolean();
  }

  boolean isClosedToTheSubscription() {
    return row.path("restriction").asText().equals("NotAvailableForSubscription");
  }

  /** As {@code Microsoft.Compute/skus} lists it. */
  public ObjectNode sku(String location) {
    ObjectNode sku = JsonNodeFactory.instance.objectNode();
    sku.put("resourceType", "virtualMachines").put("name", name()).put("tier", "Standard");
    sku.put("size", name().substring("Standard_".length())).put("family", family());
    sku.putArray("locations").add(location);
    sku.putArray("locationInfo").addObject().put("location", location).set("zones", zones());
    ArrayNode capabilities = sku.putArray("capabilities");
    CAPABILITIES.stream()
        .filter(row::has)
        .forEach(name ->
            capabilities.addObject().put("name", name).put("value", row.path(name).asText()));
    addRestrictions(sku.putArray("restrictions"), location);
    return sku;
  }

  private void addRestrictions(ArrayNode restrictions, String location) {
    String restriction = row.path("restriction").asText();
    if (restriction.isEmpty()) {
      return;
    }
    boolean zonal = restriction.equals("Zone");
    ObjectNode one = restrictions.addObject().put("type", zonal ? "Zone" : "Location");
    one.putArray("values").add(location);
    ObjectNode info = one.putObject("restrictionInfo");
    info.putArray("locations").add(location);
    if (zonal) {
      info.putArray("zones").add("3");
    }
    one.put("reasonCode", "NotAvailableForSubscription");
  }

  private static ArrayNode zones() {
    return JsonNodeFactory.instance.arrayNode().add("1").add("2").add("3");
  }
}
