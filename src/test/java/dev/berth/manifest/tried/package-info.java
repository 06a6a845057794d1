/** Overlays, the chart and mistakes, held against the rules. */
@NullMarked
package dev.berth.manifest.tried;

import org.jspecify.annotations.NullMarked;
