package dev.berth.plan;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Facts and plans as tests begin with them. */
public final class Samples {

  public static final long MEBI = 1L << 20;

  private Samples() {}

  public static SandboxClass runtime(long memoryOverhead, long cpuOverhead) {
    return new SandboxClass(
        "kata-vm-isolation",
        "kata",
        new Overhead(memoryOverhead, cpuOverhead),
        new SandboxClass.Places(
            Map.of("kubernetes.azure.com/kata-vm-isolation", "true"),
            List.of(),
            List.of(new SandboxClass.Nodes(2, 12800 * MEBI, 7820, 250)),
            List.of()),
        SandboxClass.Canary.DEFAULTS);
  }

  public static List<Ipv4Block> blocks(String... texts) {
    return Stream.of(texts).map(Ipv4Block::of).toList();
  }

  public static ClusterFacts healthy() {
    return new ClusterFacts(
        true,
        List.of(runtime(600 * MEBI, 0)),
        new ClusterAdmission("v1.36.3", true, true, List.of()),
        new ClusterNetwork("cilium", List.of(), List.of()));
  }
}
