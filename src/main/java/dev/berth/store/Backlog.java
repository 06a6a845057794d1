package dev.berth.store;

import java.time.Duration;
import java.util.Map;

/**
 * How much waits, in figures.
 *
 * @param tenants number of tenants by phase, also by one of a newer version; a phase without any is
 *     absent
 * @param due number of tenants whose time has come
 * @param oldestDue how long the tenant that waits longest has been due; zero = none is
 * @param unpublished messages that wait for the relay
 * @param oldestUnpublished how long the oldest of them has waited; zero = none does
 * @param setAside messages that cannot be sent, or wait behind one that cannot
 * @param oldestSetAside how long the oldest of them has waited; zero = none does
 * @param parked requests that wait for their tenant, whose row cannot be read
 */
public record Backlog(
    Map<String, Long> tenants,
    long due,
    Duration oldestDue,
    long unpublished,
    Duration oldestUnpublished,
    long setAside,
    Duration oldestSetAside,
    long parked) {}
