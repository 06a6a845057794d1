package dev.berth.store.tenants;

import dev.berth.plan.Recorded;
import dev.berth.tenant.Tenant;

/**
 * A tenant that is being worked on.
 *
 * @param epoch fences what is recorded of it
 * @param takenOver whether the lease of an earlier claim ran out before anything was recorded
 */
public record Claim(Tenant tenant, long epoch, Recorded recorded, boolean takenOver) {}
