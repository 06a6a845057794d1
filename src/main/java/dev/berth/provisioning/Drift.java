package dev.berth.provisioning;

/**
 * A namespace differs from what Berth wrote: its labels were changed, or it is being deleted.
 *
 * @param namespace its name in the cluster
 */
public record Drift(String namespace) {}
