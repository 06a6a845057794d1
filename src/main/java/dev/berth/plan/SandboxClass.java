package dev.berth.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * A RuntimeClass for sandboxes, the nodes it runs on, and what its canary namespace has shown.
 *
 * @param memoryOverhead bytes that each pod costs on top of its limits
 * @param cpuOverhead thousandths of a core that each pod costs on top of its limits
 * @param tolerations keys of the taints that its pods tolerate
 * @param nodes Ready nodes that match the selector and whose taints it tolerates, alike ones
 *     together
 * @param taints of Ready nodes that match the selector, and which keep its pods out
 */
public record SandboxClass(
    String name,
    String handler,
    long memoryOverhead,
    long cpuOverhead,
    Map<String, String> nodeSelector,
    List<String> tolerations,
    List<Nodes> nodes,
    List<String> taints,
    Canary canary) {

  public SandboxClass {
    // Sorted, so that equal facts read alike in every replica.
    nodeSelector = Collections.unmodifiableMap(new TreeMap<>(nodeSelector));
    tolerations = List.copyOf(tolerations);
    nodes = List.copyOf(nodes);
    taints = List.copyOf(taints);
  }

  /**
   * Nodes of one size.
   *
   * @param memory allocatable on each, bytes
   * @param cpu allocatable on each, thousandths of a core
   * @param pods that each takes at most
   */
  public record Nodes(int count, long memory, long cpu, long pods) {}

  /** What the API server answered to pods that were tried in a namespace made for that alone. */
  public enum Canary {
    /** Nothing yet that would prove anything. */
    UNPROVEN,
    /** A pod without a class gets this one, and a pod of another class is denied. */
    DEFAULTS,
    /** A pod without a class is denied, as is one of another class. */
    DENIES,
    /** A pod outside the sandbox would be let in. */
    OPEN
  }

  /** With no more of the nodes than what tells whether a sandbox fits one. */
  SandboxClass withLargestNode() {
    return new SandboxClass(
        name,
        handler,
        memoryOverhead,
        cpuOverhead,
        nodeSelector,
        tolerations,
        List.of(new Nodes(1, largestMemory(), largestCpu(), 0)),
        List.of(),
        canary);
  }

  public int readyNodes() {
    return nodes.stream().mapToInt(Nodes::count).sum();
  }

  public long largestMemory() {
    return largest(Nodes::memory);
  }

  public long largestCpu() {
    return largest(Nodes::cpu);
  }

  private long largest(ToLongFunction<Nodes> resource) {
    return nodes.stream().mapToLong(resource).max().orElse(0);
  }
}
