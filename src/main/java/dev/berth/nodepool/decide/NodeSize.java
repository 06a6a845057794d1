package dev.berth.nodepool.decide;

import dev.berth.nodepool.cloud.SizeReading;
import dev.berth.plan.Quantity;
import dev.berth.plan.capacity.Footprint;
import java.math.BigDecimal;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one node gives to sandboxes.
 *
 * @param memory bytes
 * @param cpu thousandths of a core
 * @param pods that it takes at most
 */
public record NodeSize(long memory, long cpu, long pods) {

  private static final long MEBI = 1L << 20;
  private static final BigDecimal GIBI = BigDecimal.valueOf(1L << 30);
  private static final long CORE = 1000;

  public static final NodeSize NONE = new NodeSize(0, 0, 0);

  /** What AKS keeps of the CPU for Kubernetes, by cores. */
  private static final NavigableMap<Long, Long> KEPT_CPU =
      new TreeMap<>(Map.of(1L, 60L, 2L, 100L, 4L, 140L, 8L, 180L, 16L, 260L, 32L, 420L, 64L, 740L));

  /** Beyond the last step, as between the last ones. */
  private static final long KEPT_CPU_PER_CORE = 10;

  private static final long KEPT_PER_POD = 20 * MEBI;
  private static final long KEPT_BESIDE = 50 * MEBI;
  private static final long EVICTION = 100 * MEBI;

  /** What DaemonSets take, and what firmware and kernel keep: not known before there is a node. */
  static final long MARGIN_MEMORY = 1024 * MEBI;

  static final long MARGIN_CPU = 300;

  /**
   * What a node of this VM size will have for sandboxes, by what AKS says that it keeps: good
   * enough for the first nodes, until a Ready one tells. Empty where the cloud does not say how
   * large the size is.
   */
  public static Optional<NodeSize> estimate(SizeReading size, int maxPods) {
    return size.amount(SizeReading.CORES)
        .flatMap(cores ->
            size.amount(SizeReading.GIGABYTES)
                .map(gigabytes -> estimate(cores.longValue(), bytes(gigabytes), maxPods)));
  }

  private static NodeSize estimate(long cores, long memory, int maxPods) {
    return new NodeSize(
        Math.max(0, memory - keptMemory(memory, maxPods) - EVICTION - MARGIN_MEMORY),
        Math.max(0, cores * CORE - keptCpu(cores) - MARGIN_CPU),
        Math.max(0, maxPods));
  }

  private static long bytes(BigDecimal gigabytes) {
    return gigabytes.multiply(GIBI).longValue();
  }

  private static long keptMemory(long memory, int maxPods) {
    return Math.min(memory / 4, KEPT_PER_POD * Math.max(0, maxPods) + KEPT_BESIDE);
  }

  private static long keptCpu(long cores) {
    Map.Entry<Long, Long> step = KEPT_CPU.ceilingEntry(cores);
    Map.Entry<Long, Long> last = KEPT_CPU.lastEntry();
    return step == null
        ? last.getValue() + (cores - last.getKey()) * KEPT_CPU_PER_CORE
        : step.getValue();
  }

  /** Of each the smaller amount. */
  public NodeSize smaller(NodeSize other) {
    return new NodeSize(
        Math.min(memory, other.memory), Math.min(cpu, other.cpu), Math.min(pods, other.pods));
  }

  /** With so many times the memory and CPU, as room is promised. */
  public NodeSize times(double overcommit) {
    return new NodeSize((long) (memory * overcommit), (long) (cpu * overcommit), pods);
  }

  /** How many sandboxes of this footprint a node takes. */
  long density(Footprint one) {
    return Math.max(0, Math.min(pods, one.fittingInto(memory, cpu)));
  }

  @Override
  public String toString() {
    return "%s memory, %s cpu and %d pods"
        .formatted(Quantity.bytes(memory), Quantity.millis(cpu), pods);
  }
}
