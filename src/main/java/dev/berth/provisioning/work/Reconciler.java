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
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
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
  private final Execution execution = new Execution(Executors.newVirtualThreadPerTaskExecutor());

  Reconciler(
      Target target,
      Recorder recorder,
      Metrics metrics,
      Installation installation,
      ProvisioningConfig config) {
    this.target = target;
    this.recorder = recorder;
    this.metrics = metrics;
    this.installation = installation;
    this.config = config;
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
            Owner.of(task.planned().tenant()), installation.id(config.cluster()), task.deadline());
    Map<Operation, Outcome> outcomes =
        execution.run(task.planned().work(), operation -> execute(operation, assignment));
    recorder.record(task, outcomes);
  }

  private Outcome execute(Operation operation, Assignment assignment) {
    Outcome outcome = metrics.timed(operation, () -> target.execute(operation, assignment));
    LOG.debugf(
        "tenant=%s generation=%d operation=%s outcome=%s",
        assignment.owner().tenant(), assignment.owner().generation(), operation.id(), outcome);
    return outcome;
  }
}
