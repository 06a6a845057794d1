package dev.berth.nodepool.cloud;

import dev.berth.nodepool.Subnets;
import java.util.List;
import java.util.Optional;

/**
 * A managed cluster as the cloud provider describes it, with all its node pools.
 *
 * @param state of provisioning, as written
 * @param version of Kubernetes, such as {@code 1.36.3}
 */
public record ClusterReading(
    String location, String version, String state, Networking network, List<PoolReading> pools) {

  public ClusterReading {
    pools = List.copyOf(pools);
  }

  /**
   * Names as written, empty = not said.
   *
   * @param policy the engine of network policies; {@code none} = they have no effect
   * @param ebpfHostRouting which sandboxes cannot live with
   * @param localDns whether nodes answer names themselves
   * @param subnets of each pool
   */
  public record Networking(
      String policy,
      String dataplane,
      boolean ebpfHostRouting,
      boolean localDns,
      List<Subnets> subnets) {

    public Networking {
      subnets = List.copyOf(subnets);
    }
  }

  public boolean isSettled() {
    return state.equals("Succeeded") || state.equals("Failed") || state.equals("Canceled");
  }

  public Optional<PoolReading> pool(String name) {
    return pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
  }
}
