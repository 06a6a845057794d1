package dev.berth.provisioning.isolation;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.isolation.IsolationReport;
import dev.berth.provisioning.Activity;
import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.Metrics;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.Schema;
import dev.berth.store.tenants.Verifications;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.Readiness;

/**
 * Verifies the isolation of open tenants, one after the other, while there is no other work: by the
 * API server's answers to attempts that must fail, and to what must succeed. Who is not done after
 * a turn waits behind those that are due.
 */
@ApplicationScoped
class IsolationReports {

  private static final Duration LULL = Duration.ofSeconds(5);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final Verifications verifications;
  private final IsolationRun run;
  private final IsolationRecords records;
  private final Supplier<ClusterFacts> facts;
  private final Metrics metrics;
  private final Lifetime lifetime;
  private final Activity activity;

  /** Who had a turn on this replica and needs another one; each is leased until then. */
  private final Queue<Tenant> unfinished = new ConcurrentLinkedQueue<>();

  IsolationReports(
      Verifications verifications,
      IsolationRun run,
      IsolationRecords records,
      Supplier<ClusterFacts> facts,
      Metrics metrics,
      Lifetime lifetime,
      Activity activity) {
    this.verifications = verifications;
    this.run = run;
    this.records = records;
    this.facts = facts;
    this.metrics = metrics;
    this.lifetime = lifetime;
    this.activity = activity;
  }

  /** Attempts are requests that would write, if they were let through. */
  @Singleton
  static final class NoWork implements Scheduled.SkipPredicate {

    private final Schema schema;
    private final boolean observes;

    NoWork(@Readiness Schema schema, ProvisioningConfig config) {
      this.schema = schema;
      this.observes = config.mode().observes();
    }

    @Override
    public boolean test(ScheduledExecution execution) {
      return observes || !schema.isMigrated();
    }
  }

  @Scheduled(
      every = "1s",
      delayed = "1s",
      skipExecutionIf = NoWork.class,
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void verifyDue() {
    boolean more = true;
    while (more) {
      Optional<Tenant> due = claim();
      due.ifPresent(this::verify);
      Tenant waiting = lifetime.isOver() ? null : unfinished.poll();
      if (waiting != null) {
        verify(waiting);
      }
      more = due.isPresent() || waiting != null;
    }
  }

  private Optional<Tenant> claim() {
    return facts.get().known() && !lifetime.isOver()
        ? QuarkusTransaction.requiringNew().call(() -> verifications.claim(LEASE, patience()))
        : Optional.empty();
  }

  /** While tenants are worked on, only those are verified that have waited too long already. */
  private Duration patience() {
    return activity.hasRestedFor(LULL) ? Duration.ZERO : LONGEST_DELAY;
  }

  private void verify(Tenant tenant) {
    Turn turn = run.turn(tenant);
    Optional<IsolationReport> report = turn.report();
    if (report.isPresent()) {
      metrics.verified(report.get().passed() ? "passed" : "failed");
      QuarkusTransaction.requiringNew().run(() -> records.record(tenant, report.get()));
      return;
    }
    boolean goesOn =
        QuarkusTransaction.requiringNew().call(() -> records.leaveUnfinished(turn, LEASE));
    if (goesOn) {
      unfinished.add(tenant);
    } else {
      metrics.verified("unanswered");
    }
  }
}
