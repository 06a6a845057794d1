// plant: src/main/java/dev/berth/provisioning/PlantedKubernetesClientOutsideKubernetes.java
// check: architecture
// expect: dev\.berth\.provisioning\.PlantedKubernetesClientOutsideKubernetes.*io\.fabric8
package dev.berth.provisioning;

import io.fabric8.kubernetes.client.KubernetesClient;

record PlantedKubernetesClientOutsideKubernetes(KubernetesClient client) {}
