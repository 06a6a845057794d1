package dev.berth.nodepool.decide;

import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.PoolReading.Machines;
import dev.berth.nodepool.cloud.PoolReading.Sandboxing;
import dev.berth.nodepool.cloud.QuotaReading;
import dev.berth.nodepool.cloud.SizeReading;
import dev.berth.nodepool.preflight.PoolWish;
import dev.berth.plan.Plan.PoolTerms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A cluster, a size and a pool with which nothing is wrong, and what differs from them. */
public final class Readings {

  public static final String SIZE = "Standard_D8s_v5";
  public static final String FAMILY = "standardDSv5Family";
  public static final ClusterReading.Networking NETWORK =
      new ClusterReading.Networking("cilium", "cilium", false, false, List.of());
  public static final Sandboxing SANDBOXING =
      new Sandboxing(
          "KataVmIsolation",
          "AzureLinux",
          "AKSAzureLinux-V3katagen2-202510.19.1",
          false,
          false,
          false);

  private Readings() {}

  public static PoolWish wish(int nodes, String... labels) {
    return wish(SIZE, nodes, labels);
  }

  public static PoolWish wish(String vmSize, int nodes, String... labels) {
    return new PoolWish("prod", new PoolTerms(vmSize, 0, 100), nodes, Set.of(labels));
  }

  public static ClusterReading cluster(PoolReading... pools) {
    return cluster("1.36.3", NETWORK, pools);
  }

  public static ClusterReading cluster(
      String version, ClusterReading.Networking network, PoolReading... pools) {
    return new ClusterReading("westeurope", version, "Succeeded", network, List.of(pools));
  }

  public static PoolReading pool(UnaryOperator<Sandboxing> change) {
    return pool(new Machines(SIZE, 2, null, 250, "10%"), change.apply(SANDBOXING));
  }

  public static PoolReading pool(int count, String maxSurge) {
    return pool(new Machines(SIZE, count, null, 250, maxSurge), SANDBOXING);
  }

  public static PoolReading pool(Machines machines, Sandboxing sandboxing) {
    return new PoolReading("kd8sv5", Map.of(), machines, sandboxing, "Succeeded", "e1", null);
  }

  /** A size with which nothing is wrong, but for these capabilities; "" = not said. */
  public static SizeReading size(String name, Map<String, String> differing) {
    Map<String, String> capabilities =
        new HashMap<>(
            Map.of(
                "vCPUs",
                "8",
                "MemoryGB",
                "32",
                "HyperVGenerations",
                "V1,V2",
                "CpuArchitectureType",
                "x64"));
    capabilities.putAll(differing);
    capabilities.values().removeIf(String::isEmpty);
    return new SizeReading(name, FAMILY, capabilities, List.of());
  }

  public static QuotaReading quota(long region, long family) {
    return new QuotaReading(Map.of(QuotaReading.REGION, region, FAMILY, family));
  }
}
