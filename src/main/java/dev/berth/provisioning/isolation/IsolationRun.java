package dev.berth.provisioning.isolation;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.isolation.IsolationCheck;
import dev.berth.plan.isolation.IsolationChecks;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationReport;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Assignment.Owner;
import dev.berth.provisioning.IsolationProbe;
import dev.berth.provisioning.Plans;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.Installation;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.ConditionType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Puts every check of a tenant to the cluster, with no transaction open. */
@ApplicationScoped
class IsolationRun {

  /** Questions at a time: the API server has more to do. */
  private static final int PARALLEL = 4;

  private final Plans plans;
  private final Supplier<ClusterFacts> facts;
  private final IsolationProbe probe;
  private final Installation installation;
  private final String cluster;
  private final Clock clock;
  private final ExecutorService executor =
      Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory());

  IsolationRun(
      Plans plans,
      Supplier<ClusterFacts> facts,
      IsolationProbe probe,
      Installation installation,
      ProvisioningConfig config,
      Clock clock) {
    this.plans = plans;
    this.facts = facts;
    this.probe = probe;
    this.installation = installation;
    this.cluster = config.cluster();
    this.clock = clock;
  }

  /**
   * Asks, and returns what the cluster answers by the end of {@code patience}; empty = there is
   * nothing to be verified now, or not every check got an answer.
   */
  Optional<IsolationReport> ask(Tenant tenant, Duration patience) {
    List<IsolationCheck> checks = checks(tenant);
    Assignment assignment =
        new Assignment(Owner.of(tenant), installation.id(cluster), clock.instant().plus(patience));
    List<IsolationLine> lines = askAll(checks, assignment);
    return lines.isEmpty() || lines.size() < checks.size()
        ? Optional.empty()
        : Optional.of(
            new IsolationReport(
                tenant.id(),
                tenant.incarnation(),
                tenant.desired().generation(),
                clock.instant(),
                lines));
  }

  /** None while policies of the previous release are in force: they refuse less than this asks. */
  private List<IsolationCheck> checks(Tenant tenant) {
    ClusterFacts now = facts.get();
    return tenant.status().conditions().isTrue(ConditionType.Ready)
            && !now.admission().isUpgrading()
        ? plans.of(tenant).map(plan -> IsolationChecks.of(tenant, plan, now)).orElse(List.of())
        : List.of();
  }

  /** If one gets no answer there is no report, and the rest need not be asked. */
  private List<IsolationLine> askAll(List<IsolationCheck> checks, Assignment assignment) {
    AtomicBoolean answered = new AtomicBoolean(true);
    List<CompletableFuture<Optional<IsolationLine>>> asked =
        checks.stream()
            .map(check ->
                CompletableFuture.supplyAsync(
                    () -> {
                      Optional<IsolationLine> line =
                          answered.get() ? probe.ask(check, assignment) : Optional.empty();
                      answered.compareAndSet(true, line.isPresent());
                      return line;
                    },
                    executor))
            .toList();
    return asked.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList();
  }
}
