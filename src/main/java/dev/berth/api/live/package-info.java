/**
 * Callers who wait for a tenant or follow what happens, without a thread for each: one look at the
 * database per second serves all of a replica.
 */
@NullMarked
package dev.berth.api.live;

import org.jspecify.annotations.NullMarked;
