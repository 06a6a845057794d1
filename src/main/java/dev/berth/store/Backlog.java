package dev.berth.store;

import dev.berth.tenant.Phase;
import java.time.Duration;
import java.util.Map;

/**
 * How much waits, in figures.
 *
 * @param tenants number of tenants by phase; a phase without any is absent
 * @param due number of tenants whose time has come
 * @param oldestDue how long the tenant that waits longest has been due; zero = none is
 * @param unpublished messages that wait for the relay
 * @param oldestUnpublished how long the oldest of them has waited; zero = none does
 */
public record Backlog(
    Map<Phase, Long> tenants,
    long due,
    Duration oldestDue,
    long unpublished,
    Duration oldestUnpublished) {}
