package dev.berth.store.tenants;

/**
 * What a look at a tenant rests on beside the tenant, as digests: whether it is the same as then is
 * all that matters.
 *
 * @param guarantees what an open tenant rests on
 * @param everything this, and what may hold a tenant back
 */
public record Outlook(String guarantees, String everything) {}
