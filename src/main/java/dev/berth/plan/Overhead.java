package dev.berth.plan;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What each sandbox costs its node on top of its limits.
 *
 * @param memory bytes
 * @param cpu thousandths of a core
 */
public record Overhead(long memory, long cpu) {

  private static final long MEBI = 1L << 20;
  private static final long GIBI = 1L << 30;

  private static final NavigableMap<Long, Long> ADVISED =
      new TreeMap<>(
          Map.of(
              128 * MEBI,
              16 * MEBI,
              256 * MEBI,
              32 * MEBI,
              GIBI,
              128 * MEBI,
              2 * GIBI,
              256 * MEBI,
              4 * GIBI,
              374 * MEBI,
              8 * GIBI,
              512 * MEBI,
              32 * GIBI,
              640 * MEBI,
              64 * GIBI,
              768 * MEBI,
              96 * GIBI,
              896 * MEBI,
              128 * GIBI,
              GIBI));

  /**
   * The memory advised for a sandbox of that memory: between two steps the larger one counts, and
   * beyond the last step the last. Source: Microsoft's considerations for Pod Sandboxing on AKS.
   */
  public static long advised(long memory) {
    Map.Entry<Long, Long> step = ADVISED.ceilingEntry(memory);
    return step == null ? ADVISED.lastEntry().getValue() : step.getValue();
  }
}
