package dev.berth.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * A RuntimeClass for sandboxes, the nodes it runs on, and what its canary namespace has shown.
 *
 * @param overhead that its pods have
 */
public record SandboxClass(
    String name, String handler, Overhead overhead, Places places, Canary canary) {

  /**
   * Where the pods of a class may run.
   *
   * @param tolerations keys of the taints that they tolerate
   * @param nodes Ready ones that match the selector and whose taints they tolerate, alike ones
   *     together
   * @param taints of Ready nodes that match the selector, and which keep them out
   */
  public record Places(
      Map<String, String> nodeSelector,
      List<String> tolerations,
      List<Nodes> nodes,
      List<String> taints) {

    public Places {
      // Sorted, so that equal facts read alike in every replica.
      nodeSelector = Collections.unmodifiableMap(new TreeMap<>(nodeSelector));
      tolerations = List.copyOf(tolerations);
      nodes = List.copyOf(nodes);
      taints = List.copyOf(taints);
    }
  }

  /**
   * Nodes of one size.
   *
   * @param pool that they belong to; empty = not known
   * @param memory allocatable on each, bytes
   * @param cpu allocatable on each, thousandths of a core
   * @param pods that each takes at most
   */
  public record Nodes(String pool, int count, long memory, long cpu, long pods) {

    /** Of no pool that is known. */
    public Nodes(int count, long memory, long cpu, long pods) {
      this("", count, memory, cpu, pods);
    }

    /** So many of these. */
    public Nodes times(int factor) {
      return new Nodes(pool, count * factor, memory, cpu, pods);
    }
  }

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

  SandboxClass with(Canary other) {
    return new SandboxClass(name, handler, overhead, places, other);
  }

  /** With only as much of the nodes as shows whether a sandbox fits one. */
  SandboxClass withLargestNode() {
    Nodes largest = new Nodes(1, largestMemory(), largestCpu(), 0);
    Places bare = new Places(nodeSelector(), tolerations(), List.of(largest), List.of());
    return new SandboxClass(name, handler, overhead, bare, canary);
  }

  public long memoryOverhead() {
    return overhead.memory();
  }

  public long cpuOverhead() {
    return overhead.cpu();
  }

  public Map<String, String> nodeSelector() {
    return places.nodeSelector();
  }

  public List<String> tolerations() {
    return places.tolerations();
  }

  public List<Nodes> nodes() {
    return places.nodes();
  }

  public List<String> taints() {
    return places.taints();
  }

  public int readyNodes() {
    return nodes().stream().mapToInt(Nodes::count).sum();
  }

  public long largestMemory() {
    return largest(Nodes::memory);
  }

  public long largestCpu() {
    return largest(Nodes::cpu);
  }

  private long largest(ToLongFunction<Nodes> resource) {
    return nodes().stream().mapToLong(resource).max().orElse(0);
  }
}
