package dev.berth.provisioning;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.IsolationReport;
import dev.berth.store.Verifications;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Verifies the isolation of open tenants, one after the other, while there is no other work: by the
 * API server's answers to attempts that must fail, and to what must succeed.
 */
@ApplicationScoped
class IsolationReports {

  private static final Logger LOG = Logger.getLogger(IsolationReports.class);
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Verifications verifications;
  private final IsolationRun run;
  private final IsolationRecords records;
  private final Supplier<ClusterFacts> facts;
  private final Metrics metrics;
  private final Lifetime lifetime;
  private final Duration retry;

  IsolationReports(
      Verifications verifications,
      IsolationRun run,
      IsolationRecords records,
      Supplier<ClusterFacts> facts,
      Metrics metrics,
      Lifetime lifetime,
      ProvisioningConfig config) {
    this.verifications = verifications;
    this.run = run;
    this.records = records;
    this.facts = facts;
    this.metrics = metrics;
    this.lifetime = lifetime;
    this.retry = config.isolation().retry();
  }

  @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void verifyDue() {
    boolean more = true;
    while (more && facts.get().known() && !lifetime.isOver()) {
      Optional<Tenant> due = claim();
      due.ifPresent(this::verify);
      more = due.isPresent();
    }
  }

  private Optional<Tenant> claim() {
    return QuarkusTransaction.requiringNew().call(() -> verifications.claim(LEASE));
  }

  private void verify(Tenant tenant) {
    Optional<IsolationReport> report = run.of(tenant, PATIENCE);
    metrics.verified(report.map(r -> r.passed() ? "passed" : "failed").orElse("unanswered"));
    record(tenant, report);
  }

  private void record(Tenant tenant, Optional<IsolationReport> report) {
    QuarkusTransaction.requiringNew()
        .run(() ->
            report.ifPresentOrElse(found -> records.record(tenant, found), () -> later(tenant)));
  }

  private void later(Tenant tenant) {
    LOG.warnf(
        "tenant=%s isolation not verified: it is not ready, or the cluster did not answer every check; again in %s",
        tenant.id(), retry);
    verifications.schedule(tenant.id(), retry);
  }
}
