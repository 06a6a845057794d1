package dev.berth.provisioning.work;

import dev.berth.catalogue.Catalogue;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Assignment.Owner;
import dev.berth.provisioning.Metrics;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.Target;
import dev.berth.provisioning.work.Claims.Task;
import dev.berth.store.Installation;
import dev.berth.store.Schema;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Tenant;
import dev.berth.tracing.OpenSpan;
import dev.berth.tracing.Spans;
import dev.berth.tracing.Spans.Begin;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/** Carries out the work of a claim, with no transaction open, and has it recorded. */
@ApplicationScoped
class Reconciler {

  private static final Logger LOG = Logger.getLogger(Reconciler.class);

  private final Target target;
  private final Recorder recorder;
  private final Metrics metrics;
  private final Installation installation;
  private final ProvisioningConfig config;
  private final Spans spans;
  private final Execution execution = new Execution(Executors.newVirtualThreadPerTaskExecutor());

  Reconciler(
      Target target,
      Recorder recorder,
      Metrics metrics,
      Installation installation,
      ProvisioningConfig config,
      Spans spans) {
    this.target = target;
    this.recorder = recorder;
    this.metrics = metrics;
    this.installation = installation;
    this.config = config;
    this.spans = spans;
  }

  /** Before anything is taken in: a database of another cluster ends the start. */
  void start(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 3) StartupEvent event,
      Schema schema) {
    if (schema.isMigrated()) {
      installation.id(config.cluster());
    }
  }

  /** The same where the database could not be asked at start: without plans nothing begins. */
  void start(@Observes @Priority(1) Catalogue catalogue) {
    installation.id(config.cluster());
  }

  void work(Task task) {
    Assignment assignment =
        new Assignment(
            Owner.of(task.planned().tenant()),
            installation.id(config.cluster()),
            task.deadline(),
            () -> recorder.counts(task.claim()));
    try (OpenSpan claim = spanOf(task)) {
      Map<Operation, Outcome> outcomes =
          execution.run(task.planned().work(), operation -> execute(operation, assignment, claim));
      try (OpenSpan record = claim.part("record")) {
        recorder.record(task, outcomes);
      }
    }
  }

  /**
   * While what was asked for is being done, it is in the trace of the event. Later looks go on for
   * as long as there is a tenant: each is a trace of its own, linked to that.
   */
  private OpenSpan spanOf(Task task) {
    Tenant tenant = task.planned().tenant();
    Cause cause = tenant.cause();
    String trace = cause == null ? null : cause.traceparent();
    Instant since = task.deadline().plus(config.work().leaseMargin()).minus(config.work().lease());
    Begin begin = Begin.ofWork("claim", since);
    OpenSpan span =
        tenant.phase().isUnderWay() ? spans.within(trace, begin) : spans.beside(trace, begin);
    return span.with("berth.tenant", tenant.id())
        .with("berth.generation", tenant.desired().generation())
        .with("berth.phase", tenant.phase())
        .with("berth.correlationid", cause == null ? null : cause.correlationId());
  }

  private Outcome execute(Operation operation, Assignment assignment, OpenSpan claim) {
    try (OpenSpan span = claim.call(Metrics.resource(operation))) {
      Outcome outcome = metrics.timed(operation, () -> target.execute(operation, assignment));
      span.with("berth.operation", operation.id())
          .with("berth.outcome", outcome.getClass().getSimpleName());
      switch (outcome) {
        case Outcome.Done done -> {}
        case Outcome.Skipped skipped -> {}
        case Outcome.InProgress waits -> span.with("berth.reason", waits.reason());
        case Outcome.Retryable failed -> span.failed(failed.reason().name());
        case Outcome.Rejected refused -> span.failed(refused.reason().name());
      }
      LOG.debugf(
          "tenant=%s generation=%d operation=%s outcome=%s",
          assignment.owner().tenant(), assignment.owner().generation(), operation.id(), outcome);
      return outcome;
    }
  }
}
