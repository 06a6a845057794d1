package dev.berth.provisioning.observation;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Operation;
import dev.berth.plan.Work.Finding;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Assignment.Owner;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.observation.WriteTrial.DryAnswer;
import dev.berth.provisioning.observation.WriteTrial.ObjectFate;
import dev.berth.provisioning.work.Planning.Planned;
import dev.berth.store.Installation;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a change of its plan would do to a tenant. Nothing is stored and nothing changed. */
@ApplicationScoped
public class Preview {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Rehearsal rehearsal;
  private final WriteTrial cluster;
  private final Supplier<ClusterFacts> facts;
  private final Installation installation;
  private final ProvisioningConfig config;
  private final Clock clock;

  public Preview(
      Rehearsal rehearsal,
      WriteTrial cluster,
      Supplier<ClusterFacts> facts,
      Installation installation,
      ProvisioningConfig config,
      Clock clock) {
    this.rehearsal = rehearsal;
    this.cluster = cluster;
    this.facts = facts;
    this.installation = installation;
    this.config = config;
    this.clock = clock;
  }

  /**
   * What would be done.
   *
   * @param held what would keep the change from being made
   * @param objects that would be other than they are, in the order of the work
   */
  public record Prospect(List<Finding> held, List<ObjectChange> objects) {}

  /**
   * One object that would be other than it is.
   *
   * @param object kind and name
   */
  public record ObjectChange(
      String object,
      ObjectFate effect,
      List<FieldChange> fields,
      boolean tried,
      @Nullable String refusal) {}

  /** Empty = there is no such tenant. */
  public Optional<Prospect> of(TenantId tenant, PlanVersion plan) {
    return rehearsal
        .plan(
            tenant,
            stored -> stored.with(stored.desired().withPlan(plan)),
            facts.get().asPromised())
        .map(this::outlook);
  }

  private Prospect outlook(Planned planned) {
    Assignment assignment =
        new Assignment(
            Owner.of(planned.tenant()),
            installation.id(config.cluster()),
            clock.instant().plus(PATIENCE));
    return new Prospect(
        planned.work().findings().stream().filter(Finding::blocks).toList(),
        planned.work().operations().stream().flatMap(it -> change(it, assignment)).toList());
  }

  private Stream<ObjectChange> change(Operation operation, Assignment assignment) {
    return switch (operation) {
      case Operation.Write write -> written(write, cluster.of(write, assignment));
      case Operation.Delete delete -> removed(delete.key().toString());
      case Operation.EvictPods evict -> removed("pods of " + evict.namespace());
      case Operation.EvictUnfit evict ->
          evict.unfit() instanceof Operation.Unfit.Earlier
              ? removed("pods of " + evict.namespace())
              : Stream.empty(); // there are none as long as it is in order
      case Operation.Revoke revoke -> Stream.empty(); // each binding has a write of its own
      case Operation.Verify verify -> Stream.empty();
    };
  }

  private static Stream<ObjectChange> written(Operation.Write write, DryAnswer tried) {
    return tried.effect() == ObjectFate.NOTHING && tried.refusal() == null
        ? Stream.empty()
        : Stream.of(
            new ObjectChange(
                write.resource().key().toString(),
                tried.effect(),
                tried.fields(),
                tried.tried(),
                tried.refusal()));
  }

  private static Stream<ObjectChange> removed(String object) {
    return Stream.of(new ObjectChange(object, ObjectFate.REMOVE, List.of(), false, null));
  }
}
