package dev.berth.local.azure.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.wire.Refusal;
import java.util.List;
import java.util.Map;

/** What AKS refuses in a pool that is well-formed. */
public final class PoolRules {
  private static final String SANDBOX = "InvalidWorkloadRuntimeSettingError";
  private static final List<String> RESERVED = List.of("kubernetes.azure.com/", "kubernetes.io/");
  private static final List<String> FIXED =
      List.of(
          "workloadRuntime",
          "vmSize",
          "osType",
          "osSKU",
          "type",
          "maxPods",
          "osDiskSizeGB",
          "osDiskType",
          "kubeletDiskType",
          "availabilityZones",
          "vnetSubnetID",
          "podSubnetID",
          "scaleSetPriority",
          "enableEncryptionAtHost",
          "enableUltraSSD",
          "enableNodePublicIP");

  private final Map<String, VmSize> sizes;

  public PoolRules(Map<String, VmSize> sizes) {
    this.sizes = sizes;
  }

  public static void checkName(String pool) {
    if (!pool.matches("[a-z][a-z0-9]{0,11}")) {
      throw Refusal.ofAks(
              400,
              "InvalidParameter",
              "The value of parameter agentPoolName is invalid. Please see https://aka.ms/aks-naming-rules for more details.")
          .about("agentPoolName");
    }
  }

  /**
   * @param before properties of the pool, missing if it is new
   * @param wanted as sent
   * @param pool as it would become
   */
  public void check(JsonNode before, ObjectNode wanted, ObjectNode pool) {
    if (!before.isMissingNode()) {
      checkUnchanged(before, pool);
    }
    checkLabels(wanted);
    NodeCounts.check(before, wanted, pool);
    VmSize size = checkSize(pool);
    checkRuntime(pool, size);
  }

  private static void checkUnchanged(JsonNode before, ObjectNode pool) {
    for (String property : FIXED) {
      if (!before.path(property).equals(pool.path(property))) {
        throw Refusal.ofAks(
                400,
                "PropertyChangeNotAllowed",
                "Changing property 'properties.%s' is not allowed.".formatted(property))
            .about("agentPoolProfile." + property);
      }
    }
  }

  private static void checkLabels(ObjectNode wanted) {
    wanted
        .path("nodeLabels")
        .properties()
        .forEach(label -> {
          if (RESERVED.stream().anyMatch(label.getKey()::startsWith)) {
            throw Refusal.ofAks(
                400,
                "NodeLabelKeyNotAllowed",
                "Node label key '%s' is not allowed: its prefix is reserved."
                    .formatted(label.getKey()));
          }
        });
  }

  private VmSize checkSize(ObjectNode pool) {
    String name = pool.path("vmSize").asText();
    VmSize size = sizes.get(name);
    if (size == null) {
      throw Refusal.ofAks(
          400, "VMSizeNotSupported", "The VM size of %s is not supported.".formatted(name));
    }
    if (size.isClosedToTheSubscription()) {
      throw Refusal.ofAks(
          400,
          "SkuNotAvailable",
          "The VM size %s is not available in your subscription.".formatted(name));
    }
    return size;
  }

  private static void checkRuntime(ObjectNode pool, VmSize size) {
    String runtime = pool.path("workloadRuntime").asText();
    if (runtime.equals("WasmWasi")) {
      throw Refusal.ofAks(400, SANDBOX, "WasmWasi is no longer supported.");
    }
    if (!runtime.equals("KataVmIsolation")) {
      return;
    }
    if (!size.isGeneration2()) {
      throw Refusal.ofAks(
          400,
          "UnsupportedGen2VMSize",
          "The VM size %s does not support generation 2.".formatted(size.name()));
    }
    refuseSandboxIf(
        !size.canNest(), "has to be used with vm size that supports nested virtualization");
    refuseSandboxIf(
        !pool.path("osSKU").asText().equals("AzureLinux"), "requires OS SKU AzureLinux");
    refuseSandboxIf(pool.path("enableFIPS").asBoolean(), "cannot be used with FIPS");
    refuseSandboxIf(
        pool.at("/securityProfile/enableVTPM").asBoolean()
            || pool.at("/securityProfile/enableSecureBoot").asBoolean(),
        "cannot be used with Trusted Launch");
    refuseSandboxIf(
        pool.at("/artifactStreamingProfile/enabled").asBoolean(),
        "cannot be used with Artifact Streaming");
  }

  private static void refuseSandboxIf(boolean wrong, String why) {
    if (wrong) {
      throw Refusal.ofAks(
          400,
          SANDBOX,
          "Kata: \"KataVmIsolation\" %s. See https://aka.ms/aks/podsandbox for details."
              .formatted(why));
    }
  }
}
