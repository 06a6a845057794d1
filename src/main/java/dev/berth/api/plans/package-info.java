/** The plans that are offered, and what a change of one means, to read. */
@NullMarked
package dev.berth.api.plans;

import org.jspecify.annotations.NullMarked;
