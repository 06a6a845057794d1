/**
 * Tenants and what belongs to them, and the queue of those that are due. Speaks records; the
 * entities stay inside.
 */
@NullMarked
package dev.berth.store.tenants;

import org.jspecify.annotations.NullMarked;
