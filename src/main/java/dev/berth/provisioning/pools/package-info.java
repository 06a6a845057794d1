/**
 * Work on node pools: looks at each again and again, has it made or enlarged, and records and
 * announces how it fares. Beside the work on tenants, which never waits for it.
 */
@NullMarked
package dev.berth.provisioning.pools;

import org.jspecify.annotations.NullMarked;
