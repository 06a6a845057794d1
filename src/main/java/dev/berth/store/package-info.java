/**
 * Remembers: tenants, resources, inbox, refused, outbox. Speaks records; the entities stay inside.
 */
@NullMarked
package dev.berth.store;

import org.jspecify.annotations.NullMarked;
