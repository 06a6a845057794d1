package dev.berth.local.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/**
 * Nodes that look like those of an AKS node pool, and the RuntimeClass that selects the ones that
 * can sandbox. No kubelet runs on them.
 */
public final class KataNodes {
  private static final List<String> NAMES =
      List.of("aks-kata-00000001-vmss000000", "aks-kata-00000001-vmss000001");
  private static final String KATA_LABEL = "kubernetes.azure.com/kata-vm-isolation";

  // Far beyond any machine: nothing runs on them, and thousands of tenants are to find room.
  private static final Map<String, Quantity> ROOM =
      Map.of("cpu", new Quantity("1M"), "memory", new Quantity("1Pi"), "pods", new Quantity("1M"));

  private static final Map<String, String> POOL_LABELS =
      Map.of(
          KATA_LABEL,
          "true",
          "kubernetes.azure.com/agentpool",
          "kata",
          "kubernetes.azure.com/mode",
          "user",
          "kubernetes.azure.com/os-sku",
          "AzureLinux",
          "node.kubernetes.io/instance-type",
          "Standard_D8s_v5");

  private final KubernetesClient administrator;

  /**
   * What tells one node from another.
   *
   * @param labels beside those that each node has
   * @param room that the node gives to pods
   */
  public record Machine(
      String name, Map<String, String> labels, Map<String, Quantity> room, List<Taint> taints) {}

  public KataNodes(KubernetesClient administrator) {
    this.administrator = administrator;
  }

  void register() {
    registerClass();
    NAMES.forEach(name -> add(new Machine(name, POOL_LABELS, ROOM, List.of())));
  }

  /** As on a cluster that never had a pool for sandboxes. */
  public void unregister() {
    NAMES.forEach(name -> administrator.nodes().withName(name).delete());
    administrator.resource(runtimeClass()).delete();
  }

  public void registerClass() {
    administrator.resource(runtimeClass()).forceConflicts().serverSideApply();
  }

  public void add(Machine machine) {
    if (administrator.nodes().withName(machine.name()).get() == null) {
      administrator.resource(node(machine)).create();
    }
    // Admission taints every new node as not ready, and there is no controller that would take it
    // back.
    administrator
        .nodes()
        .withName(machine.name())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":%s},\"spec\":{\"taints\":%s}}"
                .formatted(
                    Serialization.asJson(machine.labels()),
                    Serialization.asJson(machine.taints())));
  }

  private static RuntimeClass runtimeClass() {
    return new RuntimeClassBuilder()
        .withNewMetadata()
        .withName("kata-vm-isolation")
        .endMetadata()
        .withHandler("kata")
        .withNewOverhead()
        .addToPodFixed("memory", new Quantity("600Mi"))
        .endOverhead()
        .withNewScheduling()
        .addToNodeSelector(KATA_LABEL, "true")
        .endScheduling()
        .build();
  }

  private static Node node(Machine machine) {
    String name = machine.name();
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(
            Map.of(
                "kubernetes.io/os", "linux",
                "kubernetes.io/arch", "amd64",
                "kubernetes.io/hostname", name))
        .addToLabels(machine.labels())
        .endMetadata()
        .withNewSpec()
        .withProviderID("azure:///local/" + name)
        .endSpec()
        .withNewStatus()
        .withCapacity(machine.room())
        .withAllocatable(machine.room())
        .addNewAddress("127.0.0.1", "InternalIP")
        .addNewAddress(name, "Hostname")
        .withNewNodeInfo()
        .withKubeletVersion("v" + KubernetesBinaries.VERSION)
        .withOperatingSystem("linux")
        .withArchitecture("amd64")
        .withKernelVersion("6.6.0")
        .withOsImage("AzureLinux")
        .withContainerRuntimeVersion("containerd://2.0.0")
        .endNodeInfo()
        .withConditions(
            condition("Ready", "True", "KubeletReady"),
            condition("MemoryPressure", "False", "KubeletHasSufficientMemory"),
            condition("DiskPressure", "False", "KubeletHasNoDiskPressure"),
            condition("PIDPressure", "False", "KubeletHasSufficientPID"))
        .endStatus()
        .build();
  }

  private static NodeCondition condition(String type, String status, String reason) {
    return new NodeConditionBuilder().withType(type).withStatus(status).withReason(reason).build();
  }
}
