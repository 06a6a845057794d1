package dev.berth.provisioning.work;

import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Work;
import dev.berth.plan.decide.Planner;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Assignment.Owner;
import dev.berth.provisioning.Inventory;
import dev.berth.provisioning.Inventory.Found;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.Target;
import dev.berth.store.Installation;
import dev.berth.store.Schema;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.TenantNamespace;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Removes namespaces that a worker made which woke up after its tenant had moved on: a creation has
 * no fence. One whose tenant is not known at all is only reported: the database may be an older
 * one.
 */
@ApplicationScoped
class Sweep {

  private static final Logger LOG = Logger.getLogger(Sweep.class);

  private final Inventory inventory;
  private final Tenants tenants;
  private final Planner planner;
  private final Target target;
  private final Installation installation;
  private final ProvisioningConfig config;
  private final Clock clock;

  Sweep(
      Inventory inventory,
      Tenants tenants,
      Planner planner,
      Target target,
      Installation installation,
      ProvisioningConfig config,
      Clock clock) {
    this.inventory = inventory;
    this.tenants = tenants;
    this.planner = planner;
    this.target = target;
    this.installation = installation;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      every = "${berth.work.sweep}",
      delayed = "20s", // after everything else has started
      skipExecutionIf = Schema.Unmigrated.class,
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    UUID ours = installation.id(config.cluster());
    List<Found> found;
    try {
      found = inventory.namespaces(ours);
    } catch (IllegalStateException e) {
      LOG.warnf("no sweep for stray namespaces this time: %s", e.getMessage());
      return;
    }
    // Read after the cluster: what is created meanwhile was remembered before it was created.
    Set<UUID> current =
        tenants.currentOf(found.stream().map(Sweep::provisioningId).collect(Collectors.toSet()));
    found.stream()
        .filter(namespace -> !current.contains(provisioningId(namespace)))
        .forEach(namespace -> remove(namespace, ours));
  }

  private static UUID provisioningId(Found found) {
    return found.namespace().provisioningId();
  }

  private void remove(Found stray, UUID ours) {
    if (tenants.find(stray.tenant()).isEmpty()) {
      LOG.errorf(
          "namespace=%s is of tenant=%s, which this database does not know; it is left alone:"
              + " remove it by hand if the tenant is gone",
          stray.namespace().namespace(), stray.tenant());
      return;
    }
    if (config.mode().observes()) {
      LOG.warnf(
          "namespace=%s is a stray of tenant=%s and would be removed: berth.mode is observe",
          stray.namespace().namespace(), stray.tenant());
      return;
    }
    List<TenantNamespace> namespaces = List.of(stray.namespace());
    Owner owner = new Owner(stray.tenant(), Owner.AFTER_ALL, null, namespaces);
    Assignment assignment =
        new Assignment(owner, ours, clock.instant().plus(config.work().lease()));
    Work work = planner.remove(namespaces);
    Map<Operation, Outcome> outcomes =
        new Execution(Runnable::run).run(work, o -> target.execute(o, assignment));
    LOG.warnf(
        "namespace=%s is a stray of tenant=%s and is removed: %s",
        stray.namespace().namespace(), stray.tenant(), outcomes.values());
  }
}
