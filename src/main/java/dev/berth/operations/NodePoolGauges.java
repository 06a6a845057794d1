package dev.berth.operations;

import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolName;
import dev.berth.store.Schema;
import dev.berth.store.pools.NodePools;
import dev.berth.store.pools.PoolDemands;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Who waits for which node pool, as a metric. There are as many pools as plans name VM sizes. */
@Singleton
public class NodePoolGauges {

  private static final Logger LOG = Logger.getLogger(NodePoolGauges.class);

  private final NodePools pools;
  private final PoolDemands demands;
  private final MultiGauge waiting;
  private final boolean off;

  NodePoolGauges(
      NodePools pools,
      PoolDemands demands,
      MeterRegistry registry,
      @ConfigProperty(name = "berth.azure.mode", defaultValue = "off") String mode) {
    this.pools = pools;
    this.demands = demands;
    this.waiting =
        MultiGauge.builder("berth.node.pool.waiting.tenants")
            .description("Tenants that wait for the node pool")
            .register(registry);
    this.off = mode.equals("off");
  }

  @Scheduled(
      every = "15s",
      delayed = "2s",
      skipExecutionIf = Schema.Unmigrated.class,
      concurrentExecution = ConcurrentExecution.SKIP)
  public synchronized void refresh() {
    if (off) {
      return;
    }
    try {
      show(pools.list().stream().map(NodePool::name).map(this::row).toList());
    } catch (RuntimeException e) {
      show(List.of());
      LOG.warnf("Node pools cannot be read, their metric is absent: %s", e.getMessage());
    }
  }

  private Row<Number> row(PoolName pool) {
    return Row.of(Tags.of("pool", pool.value()), demands.waiting(pool));
  }

  private void show(List<Row<Number>> rows) {
    waiting.register(rows, true);
  }
}
