// plant: src/main/java/dev/berth/provisioning/Planted.java
// check: architecture
// expect: dev\.berth\.provisioning\.Planted.*io\.fabric8
package dev.berth.provisioning;

import io.fabric8.kubernetes.client.KubernetesClient;

record Planted(KubernetesClient client) {}
