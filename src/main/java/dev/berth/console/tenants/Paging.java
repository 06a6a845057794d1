package dev.berth.console.tenants;

/**
 * Where a page of a list leads.
 *
 * @param first address of the first page; empty = this is it
 * @param next address of the next page; empty = there is none
 * @param filtered whether some are left out on purpose
 */
public record Paging(String first, String next, boolean filtered) {}
