package dev.berth.console.tenants;

import dev.berth.console.Badge;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tenant as a line of a list. */
public record TenantRow(
    String id, Badge mark, Condition why, Bearings bearings, @Nullable Instant nextLook) {

  /**
   * Where it stands.
   *
   * @param plan empty = none yet
   */
  public record Bearings(
      String plan, long generation, long observed, @Nullable Instant since, int namespaces) {}

  static TenantRow of(Tenant tenant) {
    PlanVersion plan = tenant.desired().plan();
    return new TenantRow(
        tenant.id().value(),
        Badge.of(tenant.phase()),
        tenant.status().conditions().headline().orElseThrow(),
        new Bearings(
            plan == null ? "" : plan.toString(),
            tenant.desired().generation(),
            tenant.status().observedGeneration(),
            tenant.status().since(),
            tenant.namespaces().size()),
        tenant.status().nextRetryAt());
  }
}
