/** What was promised in a release, and whether it still holds. */
@NullMarked
package dev.berth.event.released;

import org.jspecify.annotations.NullMarked;
