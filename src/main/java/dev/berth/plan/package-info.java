/** Decides what must exist and what must change. Pure and total: no clock, no IO. */
@NullMarked
package dev.berth.plan;

import org.jspecify.annotations.NullMarked;
