package dev.berth.provisioning.pools;

import dev.berth.nodepool.PoolOrder;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.QuotaReading;
import dev.berth.nodepool.cloud.SizeReading;
import java.util.Optional;

/** Something happens to the process once, between two calls of a look. */
final class MishapCloud implements Cloud {

  private static final Runnable NOTHING = () -> {};

  private final Cloud cloud;
  private Runnable looking = NOTHING;
  private Runnable before = NOTHING;
  private Runnable after = NOTHING;

  MishapCloud(Cloud cloud) {
    this.cloud = cloud;
  }

  /** The process dies. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;

    static void now() {
      throw new Crash();
    }
  }

  MishapCloud whileReading() {
    return whileLooking(Crash::now);
  }

  /** The cluster was read, and nothing is decided yet. */
  MishapCloud whileLooking(Runnable mishap) {
    looking = mishap;
    return this;
  }

  MishapCloud beforeWriting(Runnable mishap) {
    before = mishap;
    return this;
  }

  MishapCloud afterWriting(Runnable mishap) {
    after = mishap;
    return this;
  }

  @Override
  public ClusterReading cluster() {
    ClusterReading read = cloud.cluster();
    looking.run();
    return read;
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
    before.run();
    cloud.create(order);
    after.run();
  }

  @Override
  public void grow(PoolReading seen, int count) {
    before.run();
    cloud.grow(seen, count);
    after.run();
  }
}
