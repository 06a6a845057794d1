package dev.berth.delivery.evidence;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.berth.local.cluster.LocalCluster;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** The namespaces of tenants that stand, by name. */
public final class TenantNamespaces {
  private TenantNamespaces() {}

  public static Map<String, Namespace> of(LocalCluster cluster) {
    try (KubernetesClient administrator = cluster.client()) {
      return administrator.namespaces().list().getItems().stream()
          .filter(it -> it.getMetadata().getName().startsWith("tenant-"))
          .filter(it -> !it.getMetadata().getName().startsWith("tenant-berth-canary"))
          .collect(toMap(it -> it.getMetadata().getName(), identity()));
    }
  }
}
