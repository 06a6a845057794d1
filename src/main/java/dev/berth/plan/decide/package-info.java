/** Decides what must exist, what must change, and who has access. Pure and total. */
@NullMarked
package dev.berth.plan.decide;

import org.jspecify.annotations.NullMarked;
