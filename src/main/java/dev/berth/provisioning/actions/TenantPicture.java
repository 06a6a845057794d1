package dev.berth.provisioning.actions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.store.Json;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Phase;

/** A tenant as an audit shows it before and after an action. */
record TenantPicture(
    int incarnation, Phase phase, String reason, long generation, int attempt, boolean frozen) {

  static JsonNode of(Tenant tenant) {
    return Json.tree(
        new TenantPicture(
            tenant.incarnation(),
            tenant.phase(),
            tenant.status().conditions().headline().map(it -> it.reason().name()).orElse(""),
            tenant.desired().generation(),
            tenant.status().attempt(),
            tenant.isFrozen()));
  }
}
