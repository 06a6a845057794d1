package dev.berth.store;

import dev.berth.tenant.Cause;
import dev.berth.tenant.Condition;
import dev.berth.tenant.Conditions;
import dev.berth.tenant.Desired;
import dev.berth.tenant.Phase;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A row of {@code tenant} without the columns of the work queue, which only SQL writes. */
@Entity
@DynamicUpdate
@Table(name = "tenant")
@SuppressWarnings("NullAway.Init")
class TenantEntity extends PanacheEntityBase {

  private static final String AS_JSON = "CAST(? AS json)";

  @Id
  @Column(name = "tenant_id")
  String id;

  int incarnation;
  long revision;

  @ColumnTransformer(write = AS_JSON)
  String desired;

  long generation;
  @Nullable String planName;
  @Nullable Integer planVersion;

  @Enumerated(EnumType.STRING)
  Phase phase;

  @ColumnTransformer(write = AS_JSON)
  String conditions;

  @Enumerated(EnumType.STRING)
  @Nullable Phase previousPhase;

  long observedGeneration;
  @Nullable String appliedPlanName;
  @Nullable Integer appliedPlanVersion;
  int granted;

  @ColumnTransformer(write = AS_JSON)
  @Nullable String sandbox;

  @ColumnTransformer(write = AS_JSON)
  @Nullable String runtimes;

  int attempt;
  @Nullable Instant nextRetryAt;
  long statusSeq;

  @ColumnTransformer(write = AS_JSON)
  @Nullable String cause;

  @Column(insertable = false, updatable = false)
  long epoch;

  void take(Tenant tenant) {
    PlanVersion plan = tenant.desired().plan();
    id = tenant.id().value();
    incarnation = tenant.incarnation();
    revision = tenant.revision();
    desired = Json.write(tenant.desired());
    generation = tenant.desired().generation();
    planName = plan == null ? null : plan.name();
    planVersion = plan == null ? null : plan.version();
    cause = tenant.cause() == null ? null : Json.write(tenant.cause());
    take(tenant.status());
  }

  private void take(Status status) {
    PlanVersion applied = status.appliedPlan();
    phase = status.phase();
    conditions = Json.write(status.conditions().list());
    statusSeq = status.sequence();
    previousPhase = status.previousPhase();
    observedGeneration = status.observedGeneration();
    appliedPlanName = applied == null ? null : applied.name();
    appliedPlanVersion = applied == null ? null : applied.version();
    Sandboxes.Size size = status.sandboxes().size();
    granted = status.sandboxes().granted();
    sandbox = size == null ? null : Json.write(size);
    runtimes = status.runtimes().isEmpty() ? null : Json.write(status.runtimes());
    attempt = status.attempt();
    nextRetryAt = status.nextRetryAt();
  }

  Tenant tenant(List<TenantNamespace> namespaces) {
    return new Tenant(
        new TenantId(id),
        incarnation,
        revision,
        Json.read(desired, Desired.class),
        status(),
        namespaces,
        cause == null ? null : Json.read(cause, Cause.class));
  }

  private Status status() {
    return new Status(
        Conditions.of(List.of(Json.read(conditions, Condition[].class))),
        statusSeq,
        previousPhase,
        observedGeneration,
        appliedPlanName == null || appliedPlanVersion == null
            ? null
            : new PlanVersion(appliedPlanName, appliedPlanVersion),
        new Sandboxes(granted, sandbox == null ? null : Json.read(sandbox, Sandboxes.Size.class)),
        runtimes == null ? List.of() : List.of(Json.read(runtimes, RuntimeClass[].class)),
        attempt,
        nextRetryAt);
  }
}
