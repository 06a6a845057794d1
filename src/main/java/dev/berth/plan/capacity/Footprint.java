package dev.berth.plan.capacity;

import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one sandbox costs a quota and a node: its limits and the overhead of its class.
 *
 * @param memory bytes
 * @param cpu thousandths of a core
 */
public record Footprint(long memory, long cpu) {

  private static final long MANAGED_OVERHEAD = 600L << 20;

  /**
   * As long as the cluster has no class yet: with the overhead of the class that AKS brings with
   * its first node pool for sandboxes.
   */
  public static Footprint assumed(Plan.Sandbox sandbox) {
    return new Footprint(plus(sandbox.memory(), MANAGED_OVERHEAD), sandbox.cpu());
  }

  /** Without a class there is none. */
  public static Footprint of(Plan.Sandbox sandbox, @Nullable SandboxClass runtime) {
    return runtime == null
        ? new Footprint(sandbox.memory(), sandbox.cpu())
        : new Footprint(
            plus(sandbox.memory(), runtime.memoryOverhead()),
            plus(sandbox.cpu(), runtime.cpuOverhead()));
  }

  public Footprint times(long count) {
    return new Footprint(times(memory, count), times(cpu, count));
  }

  /** How many sandboxes these amounts are enough for. */
  public long fittingInto(long availableMemory, long availableCpu) {
    return Math.min(fitting(availableMemory, memory), fitting(availableCpu, cpu));
  }

  private static long fitting(long available, long one) {
    return one <= 0 ? Long.MAX_VALUE : Math.max(0, available) / one;
  }

  /** Amounts beyond what can be counted stay the largest that can. */
  private static long plus(long limit, long overhead) {
    return capped(BigInteger.valueOf(limit).add(BigInteger.valueOf(overhead)));
  }

  public static long times(long one, long count) {
    return capped(BigInteger.valueOf(one).multiply(BigInteger.valueOf(count)));
  }

  private static long capped(BigInteger amount) {
    return amount.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
  }
}
