/** Berth itself, to read: what this replica is, does and knows. */
@NullMarked
package dev.berth.api.itself;

import org.jspecify.annotations.NullMarked;
