package dev.berth.azure;

import dev.berth.nodepool.PoolOrder;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.QuotaReading;
import dev.berth.nodepool.cloud.SizeReading;
import java.util.Optional;

/** Azure, to read only: nobody asks for more while Berth observes, and here it would end. */
record ObservedCloud(Cloud cloud) implements Cloud {

  @Override
  public ClusterReading cluster() {
    return cloud.cluster();
  }

  @Override
  public Optional<SizeReading> size(String vmSize, String location) {
    return cloud.size(vmSize, location);
  }

  @Override
  public Optional<QuotaReading> quota(String location) {
    return cloud.quota(location);
  }

  @Override
  public void create(PoolOrder order) {
    throw unsent();
  }

  @Override
  public void grow(PoolReading seen, int count) {
    throw unsent();
  }

  private static IllegalStateException unsent() {
    return new IllegalStateException("Berth writes nothing to Azure: berth.mode is observe");
  }
}
