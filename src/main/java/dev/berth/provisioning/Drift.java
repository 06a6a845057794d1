package dev.berth.provisioning;

/**
 * A namespace is no longer as Berth left it: its labels were changed, or it goes.
 *
 * @param namespace its name in the cluster
 */
public record Drift(String namespace) {}
