package dev.berth.provisioning.observation;

import dev.berth.plan.Operation;
import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Outcome;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Assignment.Owner;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.Target;
import dev.berth.provisioning.work.Execution;
import dev.berth.provisioning.work.Planning.Planned;
import dev.berth.store.Installation;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;

/** Tries what is planned at an edge that only reads. */
@ApplicationScoped
class Glance {

  private final Target target;
  private final Installation installation;
  private final ProvisioningConfig config;
  private final Clock clock;
  private final Execution execution = new Execution(Runnable::run);

  Glance(Target target, Installation installation, ProvisioningConfig config, Clock clock) {
    this.target = target;
    this.installation = installation;
    this.config = config;
    this.clock = clock;
  }

  /**
   * What would be done.
   *
   * @param untried whether it is not known if pods outside the sandbox are denied
   */
  Observation at(Planned planned, boolean untried) {
    Assignment assignment =
        new Assignment(
            Owner.of(planned.tenant()),
            installation.id(config.cluster()),
            clock.instant().plus(config.work().lease()));
    Map<Operation, Outcome> outcomes =
        execution.run(
            planned.work(),
            it -> triesPods(it) ? new Outcome.Done(null) : target.execute(it, assignment));
    boolean doubtful = untried && outcomes.keySet().stream().anyMatch(Glance::triesPods);
    return Observation.of(planned.work(), outcomes, doubtful, clock.instant());
  }

  /** Which is a request that would write; what comes after it is looked at all the same. */
  private static boolean triesPods(Operation operation) {
    return operation instanceof Operation.Verify verify
        && !(verify.proof() instanceof Proof.QuotaBinds);
  }
}
