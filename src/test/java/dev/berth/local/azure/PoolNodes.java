package dev.berth.local.azure;

import dev.berth.local.azure.aks.PoolListener;
import dev.berth.local.azure.aks.ReadyPool;
import dev.berth.local.cluster.KataNodes;
import dev.berth.local.cluster.KataNodes.Machine;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes the nodes of the pools appear in a cluster and go, and its RuntimeClass appear with the
 * first pool that can sandbox, as AKS does; the class stays when the pool is gone.
 */
public final class PoolNodes implements PoolListener {
  private static final String POOL_LABEL = "kubernetes.azure.com/agentpool";
  private static final String SIZE_LABEL = "node.kubernetes.io/instance-type";
  private static final String KATA = "KataVmIsolation";

  /** The label that belongs to the runtime that was asked for: old pools keep the old one. */
  private static final Map<String, String> SANDBOX_LABELS =
      Map.of(
          KATA,
          "kubernetes.azure.com/kata-vm-isolation",
          "KataMshvVmIsolation",
          "kubernetes.azure.com/kata-mshv-vm-isolation");

  private final KubernetesClient administrator;
  private final KataNodes nodes;

  public PoolNodes(KubernetesClient administrator) {
    this.administrator = administrator;
    this.nodes = new KataNodes(administrator);
  }

  @Override
  public void ready(ReadyPool pool) {
    if (pool.workloadRuntime().equals(KATA)) {
      nodes.registerClass();
    }
    remove(pool.name(), node -> number(node) >= pool.count() || !isOf(pool, node));
    for (int number = 0; number < pool.count(); number++) {
      nodes.add(machine(pool, number));
    }
  }

  @Override
  public void gone(String pool) {
    remove(pool, node -> true);
  }

  private void remove(String pool, Predicate<Node> which) {
    administrator.nodes().withLabel(POOL_LABEL, pool).list().getItems().stream()
        .filter(node -> node.getMetadata().getName().matches("aks-%s-\\d+".formatted(pool)))
        .filter(which)
        .forEach(node -> administrator.nodes().withName(node.getMetadata().getName()).delete());
  }

  private static int number(Node node) {
    String name = node.getMetadata().getName();
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  /** Or of one of the same name with other machines, which then are replaced. */
  private static boolean isOf(ReadyPool pool, Node node) {
    Map<String, String> before = node.getMetadata().getLabels();
    Map<String, String> now = labels(pool);
    return Stream.concat(SANDBOX_LABELS.values().stream(), Stream.of(SIZE_LABEL))
        .allMatch(label -> Objects.equals(before.get(label), now.get(label)));
  }

  private static Machine machine(ReadyPool pool, int number) {
    return new Machine(
        "aks-%s-%d".formatted(pool.name(), number),
        labels(pool),
        room(pool),
        pool.taints().stream().map(PoolNodes::taint).toList());
  }

  private static Map<String, String> labels(ReadyPool pool) {
    Map<String, String> labels = new TreeMap<>(pool.labels());
    labels.put(POOL_LABEL, pool.name());
    labels.put("agentpool", pool.name());
    labels.put("kubernetes.azure.com/mode", pool.mode().toLowerCase(Locale.ROOT));
    labels.put("kubernetes.azure.com/os-sku", pool.osSku());
    labels.put(SIZE_LABEL, pool.size().name());
    String sandbox = SANDBOX_LABELS.get(pool.workloadRuntime());
    if (sandbox != null) {
      labels.put(sandbox, "true");
    }
    return labels;
  }

  /** About what AKS leaves of a machine when it has kept its own share. */
  private static Map<String, Quantity> room(ReadyPool pool) {
    int vCpus = pool.size().vCpus();
    return Map.of(
        "cpu", new Quantity("%dm".formatted(vCpus * 1_000 - 100 - 20 * vCpus)),
        "memory", new Quantity("%dMi".formatted(pool.size().memoryGb() * 1_024 * 8 / 10)),
        "pods", new Quantity(Integer.toString(pool.maxPods())));
  }

  /**
   * @param text {@code key=value:effect} or {@code key:effect}
   */
  private static Taint taint(String text) {
    String[] parts = text.split(":", 2);
    String[] key = parts[0].split("=", 2);
    return new Taint(parts[1], key[0], null, key.length > 1 ? key[1] : null);
  }
}
