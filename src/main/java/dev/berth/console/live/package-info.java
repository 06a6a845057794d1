/** Streams that tell an open page that it is behind. */
@NullMarked
package dev.berth.console.live;

import org.jspecify.annotations.NullMarked;
