package dev.berth.store.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.store.Json;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Desired;
import dev.berth.tenant.Desired.Orders;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Status;
import dev.berth.tenant.Status.Footing;
import dev.berth.tenant.Status.LastStep;
import dev.berth.tenant.Status.Retry;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

  /** Of the life and the wish that orders were given for; absent in those of older versions. */
  private static final String INCARNATION = "incarnation";

  private static final String GENERATION = "generation";

  @Id
  @Column(name = "tenant_id")
  String id;

  int incarnation;
  long revision;

  @ColumnTransformer(write = AS_JSON)
  String desired;

  @ColumnTransformer(write = "CAST(? AS jsonb)")
  @Nullable String labels;

  long generation;
  @Nullable String planName;
  @Nullable Integer planVersion;

  String phase;
  @Nullable Instant phaseSince;
  @Nullable String reason;

  @ColumnTransformer(write = AS_JSON)
  String conditions;

  @Nullable String previousPhase;

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

  @ColumnTransformer(write = AS_JSON)
  @Nullable String orders;

  @Column(insertable = false, updatable = false)
  long epoch;

  void take(Tenant tenant) {
    PlanVersion plan = tenant.desired().plan();
    id = tenant.id().value();
    orders = orders(tenant);
    incarnation = tenant.incarnation();
    revision = tenant.revision();
    desired = Json.keep(desired, tenant.desired());
    generation = tenant.desired().generation();
    takeLabels(tenant.desired().spec());
    planName = plan == null ? null : plan.name();
    planVersion = plan == null ? null : plan.version();
    cause = tenant.cause() == null ? null : Json.keep(cause, tenant.cause());
    take(tenant.status());
  }

  /** Those of this life, with what only a newer version knows of. */
  private @Nullable String orders(Tenant tenant) {
    if (incarnation == tenant.incarnation() && tenant.orders().equals(orders())) {
      return orders;
    }
    return tenant.orders().equals(Orders.NONE)
        ? null
        : Json.write(
            ((ObjectNode) Json.tree((Object) tenant.orders()))
                .put(INCARNATION, tenant.incarnation())
                .put(GENERATION, tenant.desired().generation()));
  }

  /**
   * Those that are in force: an older version may have begun another life since they were given, or
   * have applied an event, which ends a withdrawal, without knowing of them.
   */
  private Orders orders() {
    if (orders == null) {
      return Orders.NONE;
    }
    JsonNode given = Json.tree(orders);
    if (given.path(INCARNATION).asInt(incarnation) != incarnation) {
      return Orders.NONE;
    }
    Orders known = Json.read(given, Orders.class);
    return given.path(GENERATION).asLong(generation) == generation ? known : known.withdrawn(false);
  }

  private void takeLabels(@Nullable TenantSpec spec) {
    Map<String, String> wanted = spec == null ? Map.of() : spec.labels();
    if (!wanted.equals(labels == null ? Map.of() : Json.readMap(labels))) {
      labels = wanted.isEmpty() ? null : Json.write(wanted);
    }
  }

  private void take(Status status) {
    PlanVersion applied = status.appliedPlan();
    String before = conditions;
    conditions = StoredConditions.write(status.conditions(), before);
    // A newer version may have derived others from the same conditions.
    boolean same = conditions.equals(before);
    phase = same ? phase : status.phase().name();
    reason = same && isOfANewerVersion(reason) ? reason : headline(status);
    phaseSince = status.since();
    if (previousPhase() != status.previousPhase()) {
      previousPhase = status.previousPhase() == null ? null : status.previousPhase().name();
    }
    statusSeq = status.sequence();
    observedGeneration = status.observedGeneration();
    appliedPlanName = applied == null ? null : applied.name();
    appliedPlanVersion = applied == null ? null : applied.version();
    Sandboxes.SandboxSize size = status.sandboxes().size();
    granted = status.sandboxes().granted();
    sandbox = size == null ? null : Json.keep(sandbox, size);
    runtimes = status.runtimes().isEmpty() ? null : Json.write(status.runtimes());
    attempt = status.attempt();
    nextRetryAt = status.nextRetryAt();
  }

  private static boolean isOfANewerVersion(@Nullable String word) {
    return word != null
        && Arrays.stream(Reason.values()).noneMatch(known -> known.name().equals(word));
  }

  private static @Nullable String headline(Status status) {
    return status.conditions().headline().map(it -> it.reason().name()).orElse(null);
  }

  /**
   * @throws UnreadableTenantException if a column holds what this version cannot read
   */
  Tenant tenant(List<TenantNamespace> namespaces) {
    try {
      return read(namespaces);
    } catch (RuntimeException e) {
      throw new UnreadableTenantException(new TenantId(id), e);
    }
  }

  private Tenant read(List<TenantNamespace> namespaces) {
    return new Tenant(
        new TenantId(id),
        new Tenant.Life(incarnation, namespaces, orders()),
        new Tenant.Revision(revision, cause == null ? null : Json.read(cause, Cause.class)),
        Json.read(desired, Desired.class),
        status());
  }

  /** Null also where it is one of a newer version. */
  private @Nullable Phase previousPhase() {
    return Stream.of(Phase.values())
        .filter(known -> known.name().equals(previousPhase))
        .findFirst()
        .orElse(null);
  }

  private Status status() {
    return new Status(
        StoredConditions.read(conditions),
        new LastStep(statusSeq, previousPhase(), phaseSince),
        footing(),
        new Sandboxes(
            granted, sandbox == null ? null : Json.read(sandbox, Sandboxes.SandboxSize.class)),
        new Retry(attempt, nextRetryAt));
  }

  private Footing footing() {
    return new Footing(
        observedGeneration,
        appliedPlanName == null || appliedPlanVersion == null
            ? null
            : new PlanVersion(appliedPlanName, appliedPlanVersion),
        runtimes == null ? List.of() : List.of(Json.read(runtimes, RuntimeClass[].class)));
  }
}
