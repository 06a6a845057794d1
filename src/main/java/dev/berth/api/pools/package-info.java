/** Node pools, to read. */
@NullMarked
package dev.berth.api.pools;

import org.jspecify.annotations.NullMarked;
