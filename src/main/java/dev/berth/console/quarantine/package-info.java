/** Records that were not taken: found, shown, and tried or put aside by people. */
@NullMarked
package dev.berth.console.quarantine;

import org.jspecify.annotations.NullMarked;
