package dev.berth.provisioning.pools;

import dev.berth.nodepool.Aspect;
import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolCondition;
import dev.berth.nodepool.cloud.CloudException;
import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.decide.CloudFaults;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Counts what the cloud provider is asked, and times how long it takes to see to a node pool. */
@ApplicationScoped
class PoolMetrics {

  private static final String OK = "ok";

  private final MeterRegistry registry;

  PoolMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Counts a call by its outcome.
   *
   * @param operation of a few words that never change
   */
  <T> T counted(String operation, Supplier<T> call) {
    try {
      T answer = call.get();
      count(operation, OK);
      return answer;
    } catch (CloudException e) {
      failed(operation, e.failure());
      throw e;
    }
  }

  private void failed(String operation, CloudFailure failure) {
    count(operation, CloudFaults.label(failure));
    if (CloudFaults.isThrottled(failure)) {
      registry.counter("berth.azure.throttled", "operation", operation).increment();
    }
  }

  private void count(String operation, String code) {
    registry.counter("berth.azure.requests", "operation", operation, "code", code).increment();
  }

  /** Times what was under way and is over: done, or given up by the provider. */
  void looked(NodePool before, NodePool after, Instant now) {
    PoolCondition begun = before.progress().conditions().get(Aspect.Provisioned).orElse(null);
    Reason came =
        after
            .progress()
            .conditions()
            .get(Aspect.Provisioned)
            .map(PoolCondition::reason)
            .orElse(Reason.Waiting);
    boolean done = came == Reason.Applied;
    if (begun != null && isUnderWay(begun.reason()) && (done || isGivenUp(came, after))) {
      Timer.builder("berth.node.pool.operation.duration")
          .tag("operation", begun.reason() == Reason.NodePoolCreating ? "create" : "grow")
          .tag("outcome", done ? "Done" : "Failed")
          .register(registry)
          .record(Duration.between(begun.since(), now));
    }
  }

  private static boolean isUnderWay(Reason reason) {
    return reason == Reason.NodePoolCreating || reason == Reason.NodePoolGrowing;
  }

  private static boolean isGivenUp(Reason came, NodePool after) {
    boolean failed = came.weight() == Weight.RETRY || came.weight() == Weight.BLOCK;
    return failed && came != Reason.CloudBusy && after.intent() == null;
  }
}
