package dev.berth.plan;

import java.util.List;
import java.util.Map;

/** Facts and plans as tests begin with them. */
final class Samples {

  static final long MEBI = 1L << 20;

  private Samples() {}

  static ClusterFacts.SandboxClass runtime(long memoryOverhead, long cpuOverhead) {
    return new ClusterFacts.SandboxClass(
        "kata-vm-isolation",
        "kata",
        memoryOverhead,
        cpuOverhead,
        Map.of("kubernetes.azure.com/kata-vm-isolation", "true"),
        2,
        12800 * MEBI,
        7820);
  }

  static ClusterFacts healthy() {
    return new ClusterFacts(true, runtime(600 * MEBI, 0), true, true, List.of(), "cilium");
  }
}
