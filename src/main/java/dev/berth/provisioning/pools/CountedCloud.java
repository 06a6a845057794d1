package dev.berth.provisioning.pools;

import dev.berth.nodepool.PoolOrder;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.QuotaReading;
import dev.berth.nodepool.cloud.SizeReading;
import java.util.Optional;

/** A cloud whose calls are counted. */
record CountedCloud(Cloud cloud, PoolMetrics metrics) implements Cloud {

  @Override
  public ClusterReading cluster() {
    return metrics.counted("cluster", cloud::cluster);
  }

  @Override
  public Optional<SizeReading> size(String vmSize, String location) {
    return metrics.counted("size", () -> cloud.size(vmSize, location));
  }

  @Override
  public Optional<QuotaReading> quota(String location) {
    return metrics.counted("quota", () -> cloud.quota(location));
  }

  @Override
  public void create(PoolOrder order) {
    metrics.counted("create", () -> done(() -> cloud.create(order)));
  }

  @Override
  public void grow(PoolReading seen, int count) {
    metrics.counted("grow", () -> done(() -> cloud.grow(seen, count)));
  }

  private static boolean done(Runnable write) {
    write.run();
    return true;
  }
}
