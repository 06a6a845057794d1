package dev.berth.provisioning;

import dev.berth.event.outgoing.OutgoingEvent;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.event.outgoing.StepType;
import dev.berth.nodepool.NodePool;
import dev.berth.store.outbox.Outbox;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Brief;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Numbers the steps of tenants and of node pools, and puts them into the outbox, within the
 * caller's transaction.
 */
@ApplicationScoped
public class Announcer {

  private static final Logger LOG = Logger.getLogger(Announcer.class);

  private final Outbox outbox;
  private final StatusEvents events;
  private final ProvisioningConfig.TopicSettings topics;
  private final Clock clock;

  Announcer(Outbox outbox, StatusEvents events, ProvisioningConfig config, Clock clock) {
    this.outbox = outbox;
    this.events = events;
    this.topics = config.topics();
    this.clock = clock;
  }

  /**
   * Announces the step from {@code before} to {@code after}, in the words of its main condition.
   *
   * @return the tenant with the number of the step; to be stored in the same transaction
   */
  public Tenant announce(StepType type, Tenant before, Tenant after) {
    Condition headline = after.status().conditions().headline().orElseThrow();
    return announce(
        type, numbered(before, after), headline.reason(), headline.message(), cause(after));
  }

  /** Announces what the tenant's isolation was found to be. */
  public Tenant verify(StepType type, Tenant before, Tenant after, Condition isolation) {
    return announce(
        type, numbered(before, after), isolation.reason(), isolation.message(), cause(after));
  }

  /**
   * Announces that what others had changed was brought back.
   *
   * @param repaired the objects
   */
  public Tenant repair(Tenant before, Tenant after, List<String> repaired) {
    Reason reason =
        after.status().conditions().headline().map(Condition::reason).orElse(Reason.Accepted);
    String message =
        Brief.message("brought back: " + String.join(", ", repaired), Condition.LONGEST_MESSAGE);
    return announce(
        StepType.DRIFT_REPAIRED, numbered(before, after), reason, message, cause(after));
  }

  /** Announces that a request was accepted: exactly one such step follows each. */
  public Tenant accept(Tenant before, Tenant after) {
    String message = "generation %d was accepted".formatted(after.desired().generation());
    return announce(
        StepType.ACCEPTED, numbered(before, after), Reason.Accepted, message, cause(after));
  }

  /** Announces that a request changed nothing, because it cannot be admitted. */
  public Tenant reject(Tenant tenant, Refusal refusal, Cause cause) {
    return announce(
        StepType.REJECTED, numbered(tenant, tenant), refusal.reason(), refusal.message(), cause);
  }

  private Tenant numbered(Tenant before, Tenant after) {
    return after.with(after.status().announcedAfter(before.status(), clock.instant()));
  }

  private static Cause cause(Tenant tenant) {
    if (tenant.cause() == null) {
      throw new IllegalStateException(
          "a tenant that was never requested has no steps: " + tenant.id());
    }
    return tenant.cause();
  }

  private Tenant announce(StepType type, Tenant step, Reason reason, String message, Cause cause) {
    LOG.infof(
        "tenant=%s generation=%d step=%s phase=%s reason=%s",
        step.id(), step.desired().generation(), type, step.phase(), reason);
    Instant now = clock.instant();
    byte[] data = events.data(step, reason, message);
    add(topics.lifecycle(), step, events.step(type, step, data, cause, now));
    add(topics.state(), step, events.state(step, data, cause, now));
    return step;
  }

  private void add(String topic, Tenant step, OutgoingEvent event) {
    add(topic, step.id().value(), step.status().sequence(), event);
  }

  /**
   * Announces how a node pool fares now.
   *
   * @return the pool with the number of the step; to be stored in the same transaction
   */
  public NodePool announce(NodePool pool) {
    NodePool step = pool.with(pool.progress().stepped());
    LOG.infof(
        "nodepool=%s phase=%s reason=%s nodes=%s",
        step.name(),
        step.phase(),
        step.progress().conditions().headline().map(c -> c.reason().name()).orElse(""),
        step.progress().size());
    add(
        topics.nodePools(),
        step.name().value(),
        step.progress().announced(),
        events.step(step, clock.instant()));
    return step;
  }

  /** Puts an event of an aggregate of its own into the outbox. */
  public void quarantine(String aggregate, OutgoingEvent event) {
    add(topics.quarantine(), aggregate, 1, event);
  }

  private void add(String topic, String aggregate, long sequence, OutgoingEvent event) {
    outbox.add(
        new Outbox.Message(
            event.id(),
            event.type(),
            new Outbox.Place(topic, aggregate, sequence),
            new Outbox.Content(event.key(), event.headers(), event.payload())));
  }
}
