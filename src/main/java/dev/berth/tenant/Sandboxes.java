package dev.berth.tenant;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant may run.
 *
 * @param granted how many sandboxes its plan gives
 * @param size what each is like; null = the plan is shared, or nothing was worked out yet
 */
public record Sandboxes(int granted, @Nullable SandboxSize size) {

  public static final Sandboxes NONE = new Sandboxes(0, null);

  /**
   * One sandbox, and how it fits the nodes. Quantities as Kubernetes writes them.
   *
   * @param memory of its virtual machine, which is the limit of its pod
   * @param overhead memory that it costs its node beside
   * @param vcpus of its virtual machine: the cpu limit of its pod, rounded up
   * @param perNode how many the largest Ready node takes
   * @param nodes such nodes that all of the tenant's fill
   */
  public record SandboxSize(
      String runtimeClass, String memory, String overhead, long vcpus, long perNode, long nodes) {}
}
