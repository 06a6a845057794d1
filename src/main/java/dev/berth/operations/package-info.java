/** What operators ask Berth about itself: readiness and gauges of what waits. */
@NullMarked
package dev.berth.operations;

import org.jspecify.annotations.NullMarked;
