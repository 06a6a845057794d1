package dev.berth.local.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.Parts;
import dev.berth.local.process.SettableClock;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool of the double has nodes in a real API server. */
class PoolNodesIT {
  private final KubernetesClient administrator = Parts.cluster().client();
  private final FakeAzure azure = FakeAzure.start(0, new SettableClock());

  @BeforeEach
  void listen() {
    azure.tell(new PoolNodes(administrator));
  }

  @AfterEach
  void end() {
    azure.portal().pools().forEach(azure.portal()::deletes);
    azure.close();
    administrator.close();
  }

  @Test
  void nodesComeWithAPoolAndGoWithIt() {
    azure
        .portal()
        .creates(
            "sandbox",
            pool -> {
              pool.put("workloadRuntime", "KataVmIsolation").put("osSKU", "AzureLinux");
              pool.put("count", 2).putObject("nodeLabels").put("berth.dev/tier", "gold");
              pool.putArray("nodeTaints").add("kata=enabled:NoSchedule");
            });

    assertThat(nodes("sandbox"))
        .extracting(node -> node.getMetadata().getName())
        .containsExactly("aks-sandbox-0", "aks-sandbox-1");
    assertThat(nodes("sandbox")).allSatisfy(PoolNodesIT::assertSandboxNode);
    assertThat(administrator.resources(RuntimeClass.class).withName("kata-vm-isolation").get())
        .isNotNull();

    azure.portal().scales("sandbox", 1);
    assertThat(nodes("sandbox")).hasSize(1);
    azure.portal().deletes("sandbox");
    assertThat(nodes("sandbox")).isEmpty();
    assertThat(nodes("system")).hasSize(2);
  }

  @Test
  void aPoolThatLosesItsSandboxHasOtherNodes() {
    azure.portal().creates("sandbox", pool -> pool.put("workloadRuntime", "KataMshvVmIsolation"));
    assertThat(labels()).containsKey("kubernetes.azure.com/kata-mshv-vm-isolation");

    azure.portal().changes("sandbox", pool -> pool.put("workloadRuntime", "OCIContainer"));

    assertThat(labels()).doesNotContainKey("kubernetes.azure.com/kata-mshv-vm-isolation");
  }

  private Map<String, String> labels() {
    return nodes("sandbox").getFirst().getMetadata().getLabels();
  }

  private static void assertSandboxNode(Node node) {
    assertThat(node.getMetadata().getLabels())
        .containsEntry("kubernetes.azure.com/kata-vm-isolation", "true")
        .containsEntry("kubernetes.io/os", "linux")
        .containsEntry("node.kubernetes.io/instance-type", "Standard_D4s_v5")
        .containsEntry("berth.dev/tier", "gold");
    assertThat(node.getSpec().getTaints())
        .singleElement()
        .satisfies(taint -> assertThat(taint.getEffect()).isEqualTo("NoSchedule"));
    assertThat(node.getStatus().getAllocatable().get("cpu").getAmount()).isEqualTo("3820");
    assertThat(node.getStatus().getConditions())
        .anySatisfy(condition -> {
          assertThat(condition.getType()).isEqualTo("Ready");
          assertThat(condition.getStatus()).isEqualTo("True");
        });
  }

  private List<Node> nodes(String pool) {
    return administrator
        .nodes()
        .withLabel("kubernetes.azure.com/agentpool", pool)
        .list()
        .getItems();
  }
}
