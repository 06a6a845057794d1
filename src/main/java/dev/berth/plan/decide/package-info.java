/** Decides what must exist, what must change, and who may be in. Pure and total. */
@NullMarked
package dev.berth.plan.decide;

import org.jspecify.annotations.NullMarked;
