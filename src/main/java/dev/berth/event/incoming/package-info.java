/** Bytes to requests. Total: every byte sequence ends in a request or in a reason. */
@NullMarked
package dev.berth.event.incoming;

import org.jspecify.annotations.NullMarked;
