/** The records that were not taken: kept, found and settled. */
@NullMarked
package dev.berth.store.quarantine;

import org.jspecify.annotations.NullMarked;
