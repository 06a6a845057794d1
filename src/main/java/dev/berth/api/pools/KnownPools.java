package dev.berth.api.pools;

import dev.berth.nodepool.NodePool;
import dev.berth.provisioning.pools.PoolConfig;
import dev.berth.provisioning.pools.PoolConfig.AzureMode;
import dev.berth.store.pools.NodePools;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The node pools that something was ever said about. Where Berth looks after none, what a former
 * mode left behind is not shown.
 */
@ApplicationScoped
public class KnownPools {

  private final NodePools pools;
  private final boolean off;

  KnownPools(NodePools pools, PoolConfig mode) {
    this.pools = pools;
    this.off = mode.mode() == AzureMode.OFF;
  }

  /** By name. */
  public List<NodePool> list() {
    return off
        ? List.of()
        : pools.list().stream().filter(pool -> pool.progress().announced() > 0).toList();
  }

  /** Whether Berth looks after none. */
  public boolean off() {
    return off;
  }
}
