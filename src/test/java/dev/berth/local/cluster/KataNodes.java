package dev.berth.local.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;

/**
 * Two nodes that look like a Kata node pool of AKS, and the RuntimeClass that selects them. No
 * kubelet runs on them.
 */
final class KataNodes {
  private static final List<String> NAMES =
      List.of("aks-kata-00000001-vmss000000", "aks-kata-00000001-vmss000001");
  private static final String KATA_LABEL = "kubernetes.azure.com/kata-vm-isolation";

  // Far beyond any machine: nothing runs on them, and thousands of tenants are to find room.
  private static final Map<String, Quantity> ROOM =
      Map.of("cpu", new Quantity("1M"), "memory", new Quantity("1Pi"), "pods", new Quantity("1M"));

  private final KubernetesClient administrator;

  KataNodes(KubernetesClient administrator) {
    this.administrator = administrator;
  }

  void register() {
    administrator.resource(runtimeClass()).forceConflicts().serverSideApply();
    for (String name : NAMES) {
      if (administrator.nodes().withName(name).get() == null) {
        administrator.resource(node(name)).create();
      }
      // Admission taints every new node as not ready, and there is no controller that would take it
      // back.
      administrator
          .nodes()
          .withName(name)
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"taints\":null}}");
    }
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

  private static Node node(String name) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(labels(name))
        .endMetadata()
        .withNewSpec()
        .withProviderID("azure:///local/" + name)
        .endSpec()
        .withNewStatus()
        .withCapacity(ROOM)
        .withAllocatable(ROOM)
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

  private static Map<String, String> labels(String name) {
    return Map.of(
        KATA_LABEL,
        "true",
        "kubernetes.azure.com/agentpool",
        "kata",
        "kubernetes.azure.com/mode",
        "user",
        "kubernetes.azure.com/os-sku",
        "AzureLinux",
        "kubernetes.io/os",
        "linux",
        "kubernetes.io/arch",
        "amd64",
        "kubernetes.io/hostname",
        name,
        "node.kubernetes.io/instance-type",
        "Standard_D8s_v5");
  }
}
