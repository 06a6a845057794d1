package dev.berth.operations;

import static java.util.stream.Collectors.toMap;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.capacity.Pool;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What the Ready nodes for sandboxes have, as metrics; absent while the cluster is not known. */
@Singleton
public class CapacityGauges {

  private final Supplier<ClusterFacts> facts;
  private final MultiGauge nodes;
  private final MultiGauge memory;

  CapacityGauges(Supplier<ClusterFacts> facts, MeterRegistry registry) {
    this.facts = facts;
    Gauge.builder("berth.facts.known", facts, it -> it.get().known() ? 1 : 0)
        .description("Whether this replica knows the cluster")
        .register(registry);
    this.nodes =
        MultiGauge.builder("berth.node.pool.nodes")
            .description("Ready nodes for sandboxes")
            .register(registry);
    this.memory =
        MultiGauge.builder("berth.node.pool.allocatable")
            .description("Memory that these nodes have for pods")
            .baseUnit("bytes")
            .register(registry);
  }

  @Scheduled(every = "15s", delayed = "2s", concurrentExecution = ConcurrentExecution.SKIP)
  public synchronized void refresh() {
    Map<String, SandboxClass> classes =
        facts.get().classes().stream()
            .collect(toMap(c -> Pool.of(c).name(), c -> c, (one, sameNodes) -> one));
    show(nodes, classes, SandboxClass.Nodes::count);
    show(memory, classes, each -> each.count() * each.memory());
  }

  private static void show(
      MultiGauge gauge,
      Map<String, SandboxClass> classes,
      ToLongFunction<SandboxClass.Nodes> amount) {
    gauge.register(
        classes.entrySet().stream()
            .map(of ->
                Row.of(
                    Tags.of("pool", of.getKey()),
                    of.getValue().nodes().stream().mapToLong(amount).sum()))
            .toList(),
        true);
  }
}
