package dev.berth.kubernetes.facts;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClassBuilder;
import java.util.Map;

/** Classes and nodes as AKS makes them for Pod Sandboxing. */
final class KataPool {

  static final String NEW = "kata-vm-isolation";
  static final String OLD = "kata-mshv-vm-isolation";

  private KataPool() {}

  static RuntimeClass kata(String name) {
    return new RuntimeClassBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withHandler("kata")
        .withNewOverhead()
        .addToPodFixed("memory", new Quantity("600Mi"))
        .endOverhead()
        .withNewScheduling()
        .addToNodeSelector("kubernetes.azure.com/" + name, "true")
        .endScheduling()
        .build();
  }

  static RuntimeClass tolerating(String key, String operator, String value, String effect) {
    return kata(NEW)
        .edit()
        .editScheduling()
        .withTolerations(new Toleration(effect, key, operator, null, value))
        .endScheduling()
        .build();
  }

  static Node node(String poolLabel) {
    return new NodeBuilder()
        .withNewMetadata()
        .addToLabels("kubernetes.azure.com/" + poolLabel, "true")
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .withAllocatable(Map.of("memory", new Quantity("12800Mi"), "cpu", new Quantity("7820m")))
        .endStatus()
        .build();
  }

  static Node withReady(String status) {
    return node(NEW)
        .edit()
        .editStatus()
        .editFirstCondition()
        .withStatus(status)
        .endCondition()
        .endStatus()
        .build();
  }

  static Node tainted(Taint taint) {
    return node(NEW).edit().editSpec().withTaints(taint).endSpec().build();
  }

  static Node withAllocatable(String memory, String cpu) {
    return node(NEW)
        .edit()
        .editStatus()
        .withAllocatable(Map.of("memory", new Quantity(memory), "cpu", new Quantity(cpu)))
        .endStatus()
        .build();
  }
}
