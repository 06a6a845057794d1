package dev.berth.provisioning;

import dev.berth.plan.Resource;

/**
 * An object in a tenant's namespace was changed or deleted by others, or put there.
 *
 * @param namespace its name in the cluster
 */
public record Drift(String namespace, Resource.Kind kind) {}
