package dev.berth.provisioning;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Outcome;
import dev.berth.plan.capacity.Usage;
import dev.berth.provisioning.observation.WriteTrial;
import dev.berth.provisioning.observation.WriteTrial.DryAnswer;
import dev.berth.store.StoreAlone;
import dev.berth.tenant.condition.Reason;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The store and what records in it, on a real PostgreSQL: nothing is known of a cluster, and
 * nothing happens that a test does not do itself.
 */
public class WithoutACluster extends StoreAlone {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
    overrides.put(
        "quarkus.arc.exclude-types",
        "dev.berth.bridge.**,dev.berth.messaging.**,dev.berth.kubernetes.**,dev.berth.operations.**,dev.berth.provisioning.work.Worker,"
            + PAGES);
    overrides.put("quarkus.scheduler.enabled", "false");
    overrides.put("berth.work.backoff", "30s"); // who was put off is not due again meanwhile
    return overrides;
  }

  /** What a cluster would bring. */
  static class Nothing {

    @Produces
    @DefaultBean
    @Singleton
    Supplier<ClusterFacts> facts() {
      return () -> ClusterFacts.UNKNOWN;
    }

    @Produces
    @DefaultBean
    @Singleton
    Target target() {
      return (operation, assignment) -> new Outcome.Retryable(Reason.ApiUnavailable, "no cluster");
    }

    @Produces
    @DefaultBean
    @Singleton
    WriteTrial trial() {
      return (write, assignment) ->
          new DryAnswer(WriteTrial.ObjectFate.NOTHING, List.of(), false, "no cluster");
    }

    @Produces
    @DefaultBean
    @Singleton
    IsolationProbe probe() {
      return (check, assignment) -> Optional.empty();
    }

    @Produces
    @DefaultBean
    @Singleton
    Usage.Quotas quotas() {
      return namespace -> Optional.empty();
    }

    @Produces
    @DefaultBean
    @Singleton
    Inventory inventory() {
      return installation -> List.of();
    }
  }
}
