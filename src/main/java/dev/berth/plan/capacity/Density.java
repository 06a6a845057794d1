package dev.berth.plan.capacity;

import dev.berth.plan.Plan;
import dev.berth.plan.Quantity;
import dev.berth.plan.SandboxClass;
import dev.berth.tenant.Sandboxes;
import org.jspecify.annotations.Nullable;

/** How a plan's sandboxes fit the nodes of their class. */
public final class Density {

  private static final long CORE = 1000;

  private Density() {}

  /** Null where there are no sandboxes, or no class for them. */
  public static Sandboxes.@Nullable SandboxSize size(
      Plan plan, @Nullable SandboxClass runtime, int granted) {
    if (runtime == null) {
      return null;
    }
    long perNode = perNode(Footprint.of(plan.sandbox(), runtime), runtime);
    return new Sandboxes.SandboxSize(
        runtime.name(),
        Quantity.bytes(plan.sandbox().memory()),
        Quantity.bytes(runtime.memoryOverhead()),
        Math.ceilDiv(plan.sandbox().cpu(), CORE),
        perNode,
        perNode == 0 ? 0 : Math.ceilDiv(granted, perNode));
  }

  /** On the node that takes most. */
  static long perNode(Footprint one, SandboxClass runtime) {
    return runtime.nodes().stream()
        .mapToLong(node -> Math.min(node.pods(), one.fittingInto(node.memory(), node.cpu())))
        .max()
        .orElse(0);
  }
}
