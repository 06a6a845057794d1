package dev.berth.api.stage;

import dev.berth.event.outgoing.OutgoingEvent;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.event.outgoing.StepType;
import dev.berth.nodepool.NodePool;
import dev.berth.store.outbox.Outbox;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.Condition.Truth;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tenants and steps as Berth stores them. */
public final class Samples {

  public static final String DOCUMENT =
      "{ \"generation\": 3, \"plan\": \"team\", \"note\": 1.50, \"sandboxes\": 8 }";

  private static final Instant TIME = Instant.parse("2026-11-24T18:00:00Z");
  private static final Cause CAUSE = new Cause("correlation", "event-1", null);

  private Samples() {}

  /** In phase READY. */
  public static Tenant ready(String id, PlanVersion plan) {
    return tenant(id, plan, condition(ConditionType.Ready, Truth.True, Reason.Provisioned, "up"));
  }

  /** In phase BLOCKED, for want of a larger quota. */
  public static Tenant blocked(String id, PlanVersion plan) {
    return tenant(
        id,
        plan,
        condition(ConditionType.NamespacesReady, Truth.True, Reason.Verified, "all there"),
        condition(ConditionType.QuotaReady, Truth.False, Reason.QuotaTooSmall, "raise it"),
        condition(ConditionType.Ready, Truth.False, Reason.QuotaTooSmall, "held back"));
  }

  /** Held up on its way out since a time when something else held it back; due a while ago. */
  public static Tenant stuck(String id, PlanVersion plan) {
    Tenant tenant =
        tenant(
            id,
            plan,
            condition(ConditionType.QuotaReady, Truth.False, Reason.QuotaTooSmall, "raise it"),
            condition(
                ConditionType.Offboarding,
                Truth.True,
                Reason.DeletionBlocked,
                "remove what holds it"));
    return tenant.with(tenant.status().retrying(3, TIME));
  }

  /** In phase REJECTED: never created. */
  public static Tenant rejected(String id) {
    Condition refused =
        condition(ConditionType.Accepted, Truth.False, Reason.GenerationGap, "too far");
    return new Tenant(
        new TenantId(id),
        new Tenant.Life(0, List.of()),
        new Tenant.Revision(1, null),
        new Desired(Desired.Mode.ACTIVE, 0, null, null, null),
        status(List.of(refused), 1));
  }

  /** Known by a stale request only: nothing was ever said about it. */
  public static Tenant silent(String id) {
    Tenant tenant = rejected(id);
    return tenant.with(status(List.of(), 0));
  }

  private static Tenant tenant(String id, PlanVersion plan, Condition... conditions) {
    TenantId tenant = new TenantId(id);
    return new Tenant(
        tenant,
        new Tenant.Life(
            1, List.of(new TenantNamespace("", tenant.namespace(""), UUID.randomUUID(), null))),
        new Tenant.Revision(1, CAUSE),
        new Desired(Desired.Mode.ACTIVE, 3, spec(), plan, null),
        status(List.of(conditions), 2)
            .with(
                Conditions.of(
                        List.of(
                            condition(
                                ConditionType.Accepted, Truth.True, Reason.Accepted, "taken in")))
                    .with(List.of(conditions))));
  }

  private static dev.berth.tenant.Status status(List<Condition> conditions, long sequence) {
    return new dev.berth.tenant.Status(
        Conditions.of(conditions),
        new dev.berth.tenant.Status.LastStep(sequence, null, null),
        new dev.berth.tenant.Status.Footing(3, null, List.of()),
        new Sandboxes(8, null),
        new dev.berth.tenant.Status.Retry(0, null));
  }

  private static Condition condition(
      ConditionType type, Truth status, Reason reason, String message) {
    return new Condition(type, status, reason, message, 3, TIME);
  }

  private static TenantSpec spec() {
    return new TenantSpec(
        3,
        new PlanRef("team", null),
        "Acme",
        List.of(new Subject(Subject.SubjectKind.Group, "5b1c", null)),
        List.of(),
        Map.of(),
        8,
        null,
        DOCUMENT);
  }

  /** A step of the tenant on the topic, with the tenant's data as it is. */
  public static Outbox.Message step(String topic, Tenant tenant, long sequence) {
    StatusEvents events = new StatusEvents("local");
    byte[] data = events.data(tenant, Reason.Provisioned, "step " + sequence);
    OutgoingEvent event = events.step(StepType.PROVISIONED, tenant, data, CAUSE, TIME);
    return message(new Outbox.Place(topic, tenant.id().value(), sequence), event);
  }

  /** A step of the node pool on the topic, with the pool's data as it is. */
  public static Outbox.Message step(String topic, NodePool pool, long sequence) {
    OutgoingEvent event = new StatusEvents("local").step(pool, TIME);
    return message(new Outbox.Place(topic, pool.name().value(), sequence), event);
  }

  private static Outbox.Message message(Outbox.Place place, OutgoingEvent event) {
    return new Outbox.Message(
        event.id(),
        event.type(),
        place,
        new Outbox.Content(event.key(), event.headers(), event.payload()));
  }
}
