/** Bytes to requests. Total: every byte sequence becomes a request or a reason. */
@NullMarked
package dev.berth.event.incoming;

import org.jspecify.annotations.NullMarked;
