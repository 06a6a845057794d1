/** The shape of the main sources, as rules that fail the build. */
@NullMarked
package dev.berth.architecture;

import org.jspecify.annotations.NullMarked;
