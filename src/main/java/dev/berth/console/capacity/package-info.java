/** The nodes for sandboxes, who waits for room on them, and node pools. */
@NullMarked
package dev.berth.console.capacity;

import org.jspecify.annotations.NullMarked;
