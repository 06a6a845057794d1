package dev.berth.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the cluster. Nothing in here is assumed: what could not be read is absent, and
 * absent facts keep tenants closed.
 *
 * @param known false until every part was read at least once
 * @param sandbox the class for sandboxes whose node selector matches Ready nodes, else the first
 *     that exists
 * @param probe whether the RuntimeClass {@code berth-probe} exists
 * @param defaults whether the cluster serves mutating admission policies, so that a pod without a
 *     class gets one
 * @param policies what is wrong with the shipped policies and bindings; empty = all present and
 *     unaltered
 * @param networkEngine what enforces network policies; null = not known
 */
public record ClusterFacts(
    boolean known,
    @Nullable SandboxClass sandbox,
    boolean probe,
    boolean defaults,
    List<PolicyFault> policies,
    @Nullable String networkEngine) {

  public static final ClusterFacts UNKNOWN =
      new ClusterFacts(false, null, false, false, List.of(), null);

  public ClusterFacts {
    policies = List.copyOf(policies);
  }

  /**
   * A RuntimeClass and the nodes it runs on.
   *
   * @param memoryOverhead bytes that each pod costs on top of its limits
   * @param cpuOverhead thousandths of a core that each pod costs on top of its limits
   * @param readyNodes Ready nodes that match the class's selector and whose taints it tolerates
   * @param largestMemory the most allocatable memory among these nodes, bytes
   * @param largestCpu the most allocatable CPU among these nodes, thousandths of a core
   */
  public record SandboxClass(
      String name,
      String handler,
      long memoryOverhead,
      long cpuOverhead,
      Map<String, String> nodeSelector,
      int readyNodes,
      long largestMemory,
      long largestCpu) {}

  /**
   * A shipped policy or binding that is not as it was shipped.
   *
   * @param object kind and name
   * @param difference what differs; null = the object is missing
   */
  public record PolicyFault(String object, @Nullable String difference) {}
}
