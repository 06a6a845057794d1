package dev.berth.console.tenants;

import dev.berth.api.tenants.ExplanationView;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantSpec;

/**
 * A tenant in sentences.
 *
 * @param displayName empty = none
 */
public record TenantStory(String displayName, int incarnation, ExplanationView explanation) {

  static TenantStory of(Tenant tenant, ExplanationView explanation) {
    TenantSpec spec = tenant.desired().spec();
    return new TenantStory(
        spec == null ? "" : spec.displayName(), tenant.incarnation(), explanation);
  }
}
