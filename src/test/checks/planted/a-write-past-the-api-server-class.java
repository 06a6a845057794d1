// plant: src/main/java/dev/berth/kubernetes/PlantedWritePastApiServerClass.java
// check: architecture
// expect: dev\.berth\.kubernetes\.PlantedWritePastApiServerClass\.remove.*io\.fabric8\.kubernetes\.client\.dsl\.\w+\.delete\(\)
package dev.berth.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;

record PlantedWritePastApiServerClass(KubernetesClient client) {

  void remove(String name) {
    var unused = client.namespaces().withName(name).delete();
  }
}
