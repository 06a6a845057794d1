package dev.berth.store.tenants;

/**
 * What a check of a tenant depends on besides the tenant, as digests: only whether it is still the
 * same matters.
 *
 * @param guarantees what an open tenant rests on
 * @param everything this, and what may hold a tenant back
 */
public record Outlook(String guarantees, String everything) {}
