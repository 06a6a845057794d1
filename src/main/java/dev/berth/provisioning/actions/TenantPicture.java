package dev.berth.provisioning.actions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.store.Json;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Phase;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as an audit shows it before and after an action.
 *
 * @param runtimeClass that it runs in or is being moved to; null = none
 */
record TenantPicture(
    int incarnation,
    Phase phase,
    String reason,
    long generation,
    int attempt,
    boolean frozen,
    @Nullable String runtimeClass) {

  static JsonNode of(Tenant tenant) {
    return Json.tree(
        new TenantPicture(
            tenant.incarnation(),
            tenant.phase(),
            tenant.status().conditions().headline().map(it -> it.reason().name()).orElse(""),
            tenant.desired().generation(),
            tenant.status().attempt(),
            tenant.isFrozen(),
            tenant.status().runtimes().isEmpty()
                ? null
                : tenant.status().runtimes().getLast().name()));
  }
}
