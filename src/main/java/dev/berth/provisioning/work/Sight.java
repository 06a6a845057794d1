package dev.berth.provisioning.work;

import dev.berth.plan.ClusterFacts;
import dev.berth.store.tenants.Outlook;

/**
 * What tenants are looked at with.
 *
 * @param outlook made of these facts, of the plans, and of this release of Berth
 */
record Sight(ClusterFacts facts, Outlook outlook) {}
